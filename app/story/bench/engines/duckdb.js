// duckdb-wasm, exception-handling build, one thread, its own worker. The device
// keeps the columns as an Arrow stream, which goes into a table in memory.
import * as duckdb from "@duckdb/duckdb-wasm";
import { Field, Int32, RecordBatch, Schema, Struct, Table, makeData, tableFromArrays, tableToIPC } from "apache-arrow";
import { fetchFacts, months, names } from "./facts.js";
import { questions } from "./questions.js";
import { run } from "./run.js";

const sql = questions("//", (sum) => `CAST(${sum} AS BIGINT)`);
const batch = 122880; // rows of one of its row groups
let connection;

async function file(create) {
  const root = await navigator.storage.getDirectory();
  return root.getFileHandle("duckdb.arrow", { create });
}

function arrow(facts) {
  const schema = new Schema(names.map((name) => new Field(name, new Int32(), name === "customer")));
  const batches = [];
  for (let from = 0; from < facts.lines; from += batch) {
    const length = Math.min(batch, facts.lines - from);
    const children = names.map((name) => {
      const data = facts[name].subarray(from, from + length);
      if (name !== "customer") return makeData({ type: new Int32(), length, nullCount: 0, data });
      const nullBitmap = new Uint8Array(((length + 63) >> 6) << 3);
      let known = 0;
      for (let i = 0; i < length; i++) {
        if (data[i] < 0) continue;
        nullBitmap[i >> 3] |= 1 << (i & 7);
        known++;
      }
      return makeData({ type: new Int32(), length, nullCount: length - known, nullBitmap, data });
    });
    batches.push(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children })));
  }
  return new Table(schema, batches);
}

run({
  async keep() {
    const to = await (await file(true)).createWritable();
    await to.write(tableToIPC(arrow(await fetchFacts()), "stream"));
    await to.close();
  },
  async open() {
    const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker("/duckdb-browser-eh.worker.js"));
    const kept = file(false).then((handle) => handle.getFile()).then((blob) => blob.arrayBuffer());
    await db.instantiate(new URL("/duckdb-eh.wasm", location.href).href);
    connection = await db.connect();
    await connection.insertArrowFromIPCStream(new Uint8Array(await kept), { name: "line", create: true });
    const calendar = tableFromArrays({ day: Int32Array.from(months, (_, day) => day), month: months });
    await connection.insertArrowTable(calendar, { name: "cal", create: true });
  },
  ask: (question) => connection.query(sql[question]),
  columns: (table) => table.schema.fields.map((_, i) => table.getChildAt(i).toArray()),
});
