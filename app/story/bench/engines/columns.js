import { inWorker, run } from "./run.js";

run(inWorker(new Worker("/columns-worker.js")));
