// What the contract's rules are given.
import type { TestContext } from 'node:test'
import type { EpochSeconds } from '../../../src/store/records.ts'
import type { Store } from '../../../src/store/store.ts'
import type { StartChild } from '../children.ts'

export interface Place {
  open(options?: { readonly clock?: () => EpochSeconds }): Promise<Store>
  /** Starts another process on the same store. */
  readonly child: StartChild
  /** Everything the engine has written, to look for secrets in; undefined when it cannot be read from here. */
  written(): Promise<Buffer> | undefined
  remove(): Promise<void>
}

/** A rule about one open store under a clock the rule may move. */
export type On = (title: string, run: (store: Store, time: { now: EpochSeconds }) => Promise<void>) => void
/** A rule that opens the store itself. */
export type Rule = (title: string, run: (t: TestContext, at: Place) => Promise<void>) => void

export const conflict = { name: 'Problem', code: 'conflict' }
export const notFound = { name: 'Problem', code: 'not_found' }
