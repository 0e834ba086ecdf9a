function [d, c, ang, proj, tri, R] = geometry(a, b)
d = dot(a, b);
c = cross(a, b);
ang = acos(d / (norm(a) * norm(b))) * 180 / pi;
proj = (d / dot(b, b)) * b;
tri = 0.5 * norm(c);
t = pi / 6;
R = [cos(t) -sin(t); sin(t) cos(t)];
R = R ^ 3;
R(abs(R) < 1e-12) = 0;
end
