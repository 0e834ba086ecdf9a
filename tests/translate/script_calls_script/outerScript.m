a = 2;
innerScript;
c = b + a;
innerScript
d = b;
