// The facts as columns of 32-bit numbers, and the checksum of answers.
export const names = ["receipt", "ts", "store", "customer", "sku", "qty_milli", "price_minor", "discount_minor"];

// fetchFacts gets one typed array for each column; customer −1 is nobody.
export async function fetchFacts() {
  const bytes = await (await fetch("/facts")).arrayBuffer();
  const lines = bytes.byteLength / 4 / names.length;
  const facts = { lines };
  names.forEach((name, i) => { facts[name] = new Int32Array(bytes, i * lines * 4, lines); });
  return facts;
}

const first = Date.UTC(2024, 0, 1);

// months gives the month, from 0 for January 2024, of each day from the first.
export const months = Int32Array.from({ length: 731 }, (_, day) => {
  const date = new Date(first + day * 86400e3);
  return (date.getUTCFullYear() - 2024) * 12 + date.getUTCMonth();
});

// checksum is FNV-1a of the rows, each as decimal numbers with commas and a
// line feed, and how many there are.
export function checksum(columns) {
  let sum = 0x811c9dc5;
  const rows = columns[0].length;
  for (let i = 0; i < rows; i++) {
    const row = columns.map((column) => column[i]).join(",") + "\n";
    for (let k = 0; k < row.length; k++) sum = Math.imul(sum ^ row.charCodeAt(k), 0x01000193) >>> 0;
  }
  return sum.toString(16).padStart(8, "0") + ":" + rows;
}
