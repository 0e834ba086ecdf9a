img = uint8([200 100 50; 3 5 255]);
amount = 60;
