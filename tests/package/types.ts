// What the package's types promise: this file compiles, and each wrong use in it does not.
import { type Diagnostic, type Generated, load } from "backsmith";
import { openWorker, WorkerError } from "backsmith/worker";

const { check, generate, starters, zip } = await load();

const diagnostics: Diagnostic[] = check("");
const generated: Generated = generate("");
const paths: string[] = generated.files.map(([path]) => path);
const bytes: Uint8Array<ArrayBuffer> | null = zip("").bytes;
const ids: string[] = starters().map(({ id }) => id);

const worker = openWorker({ limit: 1000 });
const answered: Generated = await worker.ask("generate", "");
const reason: "unloadable" | "slow" | "bug" | "closed" = new WorkerError("slow", "").reason;

// @ts-expect-error A spec is a string.
check(1);
// @ts-expect-error A severity is one of two words.
diagnostics[0].severity === "fatal";
// @ts-expect-error The functions that start the module are not the package's.
(await load()).initSync;
// @ts-expect-error A function takes what it takes in the worker too.
worker.ask("generate");
// @ts-expect-error There is no such function.
worker.ask("guess", "");

export { answered, bytes, ids, paths, reason };
