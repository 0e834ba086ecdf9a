b = a * 10
a = a + 1
