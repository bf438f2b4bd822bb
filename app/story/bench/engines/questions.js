// The six questions in SQL. div is the sign of whole division, long makes a sum
// a 64-bit number.
export function questions(div, long) {
  const net = `((qty_milli * price_minor + 500) ${div} 1000 - discount_minor)`;
  const day = `((ts - 1704067200) ${div} 86400)`;
  const sum = (of) => long(`sum(${of})`);
  return {
    // Revenue by day and store.
    q1: `SELECT ${day} AS day, store, ${sum(net)} FROM line GROUP BY day, store ORDER BY day, store`,
    // Recency, frequency and money of every customer in quintiles.
    q2: `WITH base AS (SELECT customer, max(ts) AS last, count(DISTINCT receipt) AS often, ${sum(net)} AS money
         FROM line WHERE customer IS NOT NULL GROUP BY customer)
       SELECT customer, (1767225600 - last) ${div} 86400, often, money, ntile(5) OVER (ORDER BY last, customer),
         ntile(5) OVER (ORDER BY often, customer), ntile(5) OVER (ORDER BY money, customer)
       FROM base ORDER BY customer`,
    // Customers by month of the first purchase and months since.
    q3: `WITH active AS (SELECT DISTINCT customer, month FROM line JOIN cal ON cal.day = ${day} WHERE customer IS NOT NULL),
         began AS (SELECT customer, min(month) AS first FROM active GROUP BY customer)
       SELECT first, month - first AS later, count(*) FROM active JOIN began USING (customer) GROUP BY first, later ORDER BY first, later`,
    // Products by revenue with their class at 80 and 95 % of the whole.
    q4: `WITH goods AS (SELECT sku, ${sum(net)} AS money FROM line GROUP BY sku),
         running AS (SELECT sku, money, sum(money) OVER (ORDER BY money DESC, sku ROWS UNBOUNDED PRECEDING) AS so_far, sum(money) OVER () AS whole FROM goods)
       SELECT sku, money, CASE WHEN so_far * 100 <= whole * 80 THEN 1 WHEN so_far * 100 <= whole * 95 THEN 2 ELSE 3 END
       FROM running ORDER BY money DESC, sku`,
    // The 100 pairs bought together most among the 200 goods in most receipts.
    q5: `WITH popular AS MATERIALIZED (SELECT sku, count(DISTINCT receipt) AS n FROM line GROUP BY sku ORDER BY n DESC, sku LIMIT 200),
         bought AS MATERIALIZED (SELECT DISTINCT receipt, sku FROM line WHERE sku IN (SELECT sku FROM popular)),
         pairs AS (SELECT a.sku AS x, b.sku AS y, count(*) AS n FROM bought a JOIN bought b ON a.receipt = b.receipt AND a.sku < b.sku
           GROUP BY a.sku, b.sku ORDER BY n DESC, x, y LIMIT 100),
         receipts AS (SELECT count(DISTINCT receipt) AS n FROM line)
       SELECT x, y, pairs.n, (pairs.n * 1000000) ${div} px.n, (pairs.n * receipts.n * 1000) ${div} (px.n * py.n)
       FROM pairs JOIN popular px ON px.sku = x JOIN popular py ON py.sku = y CROSS JOIN receipts ORDER BY pairs.n DESC, x, y`,
    // The months of two years in three stores.
    q6: `SELECT month % 12 AS m, ${sum(`CASE WHEN month < 12 THEN ${net} ELSE 0 END`)}, ${sum(`CASE WHEN month >= 12 THEN ${net} ELSE 0 END`)}
       FROM line JOIN cal ON cal.day = ${day} WHERE store IN (3, 7, 11) GROUP BY m ORDER BY m`,
  };
}
