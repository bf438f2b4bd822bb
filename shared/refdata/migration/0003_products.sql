-- How many products there are, kept beside them.
INSERT INTO meta (name, value) SELECT 'products', count(*) FROM product;
