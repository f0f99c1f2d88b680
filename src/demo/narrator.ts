// The demonstration's output: steps, actions and results. In colour where the terminal supports it.

export interface Narrator {
  /** Prints the heading of a step. */
  step(title: string): void
  /** Prints what is being done, in a sentence. */
  say(text: string): void
  /** Prints a result. */
  show(text: string): void
  /** Prints an expectation that was met. @throws Error when it was not, which ends the demonstration as failed */
  expect(what: string, holds: boolean, instead?: string): void
}

/** no-color.org: any non-empty NO_COLOR switches colour off; FORCE_COLOR switches it on without a terminal. */
const coloured = (stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean =>
  !env['NO_COLOR'] && env['TERM'] !== 'dumb' && (Boolean(env['FORCE_COLOR']) || stream.isTTY === true)

export function createNarrator(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Narrator {
  const colour = coloured(stream, env)
  const paint = (code: string, text: string): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  const line = (text: string): void => void stream.write(`${text}\n`)
  let count = 0
  return {
    step(title) {
      count++
      line(`\n${paint('1;36', `${count}. ${title}`)}`)
    },
    say: (text) => line(`   ${text}`),
    show: (text) => line(text.replace(/^/gm, `   ${paint('2', '│')} `)),
    expect(what, holds, instead) {
      if (!holds) throw new Error(`expected: ${what}${instead === undefined ? '' : `; instead: ${instead}`}`)
      line(`   ${paint('1;32', '✓')} ${what}`)
    },
  }
}
