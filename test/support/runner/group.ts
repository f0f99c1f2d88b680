// What test files that share a process also share, until the last of them has ended (file-group.ts).

let isShared = false
const ends: (() => Promise<unknown>)[] = []

/** Whether several test files run in this process. */
export const isInGroup = (): boolean => isShared

/** From now on, what a file opens may be kept for the next one. */
export function beginGroup(): void {
  isShared = true
}

/** Runs when the last file has ended. */
export function atGroupEnd(end: () => Promise<unknown>): void {
  ends.push(end)
}

export async function endGroup(): Promise<void> {
  for (const end of ends.splice(0)) await end()
}
