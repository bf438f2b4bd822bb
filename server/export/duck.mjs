// Reads exported files with DuckDB and prints what it finds, as JSON.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const duckdb = await import(pathToFileURL(createRequire(modules + "/").resolve("@duckdb/node-api")));
const db = await (await duckdb.DuckDBInstance.create(":memory:")).connect();
const ask = async (sql) => (await db.runAndReadAll(sql)).getRowsJson();
const found = {};
for (const file of files) {
  const from = `'${file}'`;
  const columns = await ask(`DESCRIBE SELECT * FROM ${from}`);
  const sums = columns
    .filter(([, type]) => /DECIMAL|BIGINT|DOUBLE|INTEGER/.test(type))
    .map(([name]) => [name, `CAST(sum(CAST("${name}" AS DECIMAL(38,3))) AS VARCHAR)`]);
  const [row] = await ask(`SELECT count(*)${sums.map(([, sql]) => ", " + sql).join("")} FROM ${from}`);
  found[file] = {
    rows: Number(row[0]),
    types: Object.fromEntries(columns.map(([name, type]) => [name, type])),
    sums: Object.fromEntries(sums.map(([name], i) => [name, row[i + 1]])),
  };
}
console.log(JSON.stringify(found));
