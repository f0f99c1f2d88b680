// Is there an order in which these operations could have run one at a time, each somewhere between its call and its
// answer, that gives what was seen? (Herlihy & Wing 1990; the search is Wing & Gong's with Lowe's memory of what was tried.)
// An operation whose answer was lost may have happened at any time after its call, or never.

export interface Operation<I, O> {
  readonly input: I
  /** Undefined: nobody knows. */
  readonly output: O | undefined
  readonly began: number
  readonly ended: number
}

/** A thing that is used by one operation at a time. */
export interface Model<S, I, O> {
  readonly initial: S
  /** Every state in which the thing may be after the input gave this output; none: it cannot give it. */
  readonly after: (state: S, input: I, output: O | undefined) => readonly S[]
  /** Equal for equal states. */
  readonly key: (state: S) => string
}

export function isLinearizable<S, I, O>(model: Model<S, I, O>, history: readonly Operation<I, O>[]): boolean {
  const ops = history.map((op) => (op.output === undefined ? { ...op, ended: Number.POSITIVE_INFINITY } : op))
  const tried = new Set<string>()
  const search = (state: S, left: ReadonlySet<number>): boolean => {
    const open = [...left]
    if (open.every((at) => ops[at]?.output === undefined)) return true
    const place = `${model.key(state)} ${open.join(' ')}`
    if (tried.has(place)) return false
    tried.add(place)
    // Whoever began before the first of those that are left had ended may have been first.
    const firstEnd = Math.min(...open.map((at) => ops[at]?.ended ?? 0))
    return open.some((at) => {
      const op = ops[at]
      if (!op || op.began > firstEnd) return false
      const rest = new Set(left)
      rest.delete(at)
      return model.after(state, op.input, op.output).some((next) => search(next, rest))
    })
  }
  return search(model.initial, new Set(ops.keys()))
}

/** `won` carries what the winner got; the same hands may get the very same again (oidc/artifacts/refresh-retry.ts). */
export type Spent = { readonly won: string } | 'lost'

/** Undefined: not yet spent. `?`: spent by someone who never heard what came of it. */
type Holder = string | undefined

/** A code, a refresh token, a time step, a record that is taken: spent once. */
export const onceModel: Model<Holder, 'spend', Spent> = {
  initial: undefined,
  after(holder, _input, output) {
    if (output === undefined) return holder === undefined ? ['?', undefined] : [holder]
    if (output === 'lost') return holder === undefined ? [] : [holder]
    return holder === undefined || holder === '?' || holder === output.won ? [output.won] : []
  },
  key: (holder) => holder ?? '',
}
