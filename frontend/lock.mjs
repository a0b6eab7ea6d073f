// Keeps the lock file free of hosts: `npm run lock` after a change of package.json.
import { readFile, writeFile } from "node:fs/promises";

const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
for (const part of Object.values(lock.packages)) {
  delete part.funding;
  delete part.resolved;
}
await writeFile("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
