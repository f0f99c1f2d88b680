// In the place of src/store/release-memory.ts in the bundle of the tests. The full collections would take more processor time than the
// rest of a start, and throw away compiled code that a next server of the process needs.
export function releaseStartupMemory(): void {}
