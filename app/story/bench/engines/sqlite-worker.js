// sqlite-wasm in a worker. The device keeps its database file in the pool of
// access handles; the page cache has room for all of it.
import sqlite3InitModule from "@sqlite.org/sqlite-wasm";
import { fetchFacts, months, names } from "./facts.js";
import { questions } from "./questions.js";
import { serve } from "./serve.js";

const sql = questions("/", (sum) => sum);
const done = 101; // SQLITE_DONE
let sqlite3, db, rows;

async function open() {
  sqlite3 = await sqlite3InitModule();
  const pool = await sqlite3.installOpfsSAHPoolVfs({ name: "pool" });
  db = new pool.OpfsSAHPoolDb("/bench.db");
  db.exec("PRAGMA cache_size = -1048576; PRAGMA temp_store = memory; PRAGMA locking_mode = exclusive");
}

async function keep() {
  await open();
  const facts = await fetchFacts();
  db.exec("PRAGMA journal_mode = off; PRAGMA synchronous = off; BEGIN");
  db.exec(`CREATE TABLE line (${names.map((name) => name + " INTEGER").join(", ")}); CREATE TABLE cal (day INTEGER PRIMARY KEY, month INTEGER)`);
  const insert = db.prepare("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const { sqlite3_bind_int: bind, sqlite3_bind_null: bindNull, sqlite3_step: step, sqlite3_reset: reset } = sqlite3.wasm.exports;
  const columns = names.map((name) => facts[name]);
  for (let i = 0; i < facts.lines; i++) {
    columns.forEach((column, k) => (k === 3 && column[i] < 0 ? bindNull(insert.pointer, k + 1) : bind(insert.pointer, k + 1, column[i])));
    if (step(insert.pointer) !== done) throw new Error("line " + i + " not inserted");
    reset(insert.pointer);
  }
  insert.finalize();
  months.forEach((month, day) => db.exec({ sql: "INSERT INTO cal VALUES (?, ?)", bind: [day, month] }));
  db.exec("COMMIT");
  db.close();
}

serve({
  keep,
  open,
  ask(question) { rows = db.exec({ sql: sql[question], rowMode: "array", returnValue: "resultRows" }); },
  columns: () => rows[0].map((_, i) => rows.map((row) => row[i])),
});
