// `chancery policy <verb>`: the engine over files, for people and CI. Pure: files are read and words are printed by
// cli.ts. A table of verbs; check.ts, ask.ts and diff.ts do the work.
import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'
import { explainFiles, type Question, simulateFiles } from './command/ask.ts'
import { type CheckOptions, checkFiles, lintFiles, ruleList } from './command/check.ts'
import { diffFiles } from './command/diff.ts'
import { fileOf, kinds, type PolicyFile, type Read } from './command/files.ts'
import { dialects, filterFiles } from './command/filter.ts'
import { type Outcome, said, Unasked, unasked } from './command/outcome.ts'
import type { DocumentKind } from './document.ts'

export type { Read } from './command/files.ts'
export type { Outcome } from './command/outcome.ts'

export interface World {
  readonly read: Read
  /** Epoch seconds. */
  readonly now: number
}

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean', default: false } as const

const options = {
  json: flag,
  kind: text,
  managed: flag,
  rules: flag,
  action: texts,
  resource: texts,
  principal: text,
  'resource-account': text,
  context: texts,
  boundary: texts,
  session: texts,
  'resource-policy': texts,
  trust: texts,
  guardrail: texts,
  shape: text,
  dialect: text,
} as const

type Parsed = ReturnType<typeof parsed>
const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true })
type Option = keyof typeof options

interface Verb {
  readonly usage: string
  readonly summary: string
  readonly takes: readonly Option[]
  /** Least and most files. */
  readonly files: readonly [number, number]
  readonly run: (files: readonly PolicyFile[], given: Parsed['values'], world: World) => Outcome
}

const asking = [
  'action',
  'resource',
  'principal',
  'resource-account',
  'context',
  'boundary',
  'session',
  'resource-policy',
  'trust',
  'guardrail',
] as const satisfies Option[]

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'check',
    {
      usage: 'check [--kind KIND] [--managed] FILE…',
      summary: 'whether policies can be read; every fault with line and column',
      takes: ['kind', 'managed'],
      files: [1, Infinity],
      run: (files, given) => checkFiles(files, checking(given)),
    },
  ],
  [
    'lint',
    {
      usage: 'lint [--kind KIND] [--managed] FILE… | lint --rules',
      summary: 'also what is doubtful, with a fix; notes alone do not fail',
      takes: ['kind', 'managed', 'rules'],
      files: [0, Infinity],
      run: (files, given) => {
        if (given.rules) return ruleList()
        if (files.length === 0) throw new Unasked('name a policy file, or `-` for standard input')
        return lintFiles(files, checking(given))
      },
    },
  ],
  [
    'simulate',
    {
      usage: 'simulate --action A… [--resource R…] [QUESTION] FILE…',
      summary: 'one line per action and resource; fails when one is denied',
      takes: asking,
      files: [0, Infinity],
      run: (files, given, world) => simulateFiles(questionOf(files, given, world)),
    },
  ],
  [
    'explain',
    {
      usage: 'explain --action A [--resource R] [QUESTION] FILE…',
      summary: 'why, in words, and what would allow it',
      takes: asking,
      files: [0, Infinity],
      run: (files, given, world) => explainFiles(questionOf(files, given, world)),
    },
  ],
  [
    'filter',
    {
      usage: 'filter --action A --shape SHAPE [--dialect DIALECT] [QUESTION] FILE…',
      summary: 'the policies as a query over rows that SHAPE (JSON) maps to resources',
      takes: [...asking, 'shape', 'dialect'],
      files: [0, Infinity],
      run: (files, given, world) => {
        const dialect = dialects.find((one) => one === (given.dialect ?? 'sqlite'))
        if (dialect === undefined) throw new Unasked(`--dialect must be one of ${dialects.join(', ')}`)
        if (given.shape === undefined)
          throw new Unasked('say how rows are resources: --shape shape.json, with `resource` and `columns`')
        return filterFiles(questionOf(files, given, world), fileOf(world.read, given.shape), dialect)
      },
    },
  ],
  [
    'diff',
    {
      usage: 'diff [--kind KIND] BEFORE AFTER',
      summary: 'whether the second allows anything that the first does not, with a request that shows it',
      takes: ['kind'],
      files: [2, 2],
      run: (files, given) => diffFiles(files, checking(given)),
    },
  ],
])

const help = (): string =>
  [
    'chancery policy <verb> [--json] FILE…      (`-` reads standard input)',
    '',
    ...[...verbs.values()].flatMap(({ usage, summary }) => [`  ${usage}`, `      ${summary}`]),
    '',
    `  KIND      ${kinds.join(', ')}; guessed when it is not given`,
    '  QUESTION  --principal ARN, --context key=value…, --resource-account 12-DIGITS, and further policies:',
    '            --boundary, --session (one per link of a chain), --resource-policy, --trust, --guardrail FILE',
    `  DIALECT   ${dialects.join(', ')}`,
    '',
    '  exit code 0: fine, allowed; 1: findings, denied; 2: it could not be asked',
  ].join('\n')

/** Runs `chancery policy <args>`. Never throws for what people typed or files hold. */
export function policyCommand([name, ...args]: readonly string[], world: World): Outcome {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return said(0, help())
  const verb = verbs.get(name)
  if (verb === undefined)
    return unasked(`\`policy ${name}\` is not a command; \`chancery policy help\` lists them`)
  try {
    const { values, positionals } = parsed(args)
    const refused = unfit(verb, values, positionals.length)
    if (refused !== undefined) throw new Unasked(`${refused}\nusage: chancery policy ${verb.usage}`)
    const files = positionals.map((one) => fileOf(world.read, one))
    return verb.run(files, values, world)
  } catch (error) {
    if (error instanceof Unasked || error instanceof Problem || isArgumentError(error))
      return unasked(error.message)
    throw error
  }
}

const isArgumentError = (error: unknown): error is TypeError =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

function unfit(verb: Verb, values: Parsed['values'], count: number): string | undefined {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== false)
  const stray = given.find(
    ([option]) => option !== 'json' && !(verb.takes as readonly string[]).includes(option),
  )
  if (stray !== undefined) return `--${stray[0]} does not go with this`
  const [least, most] = verb.files
  if (count < least)
    return least === 1 ? 'name a policy file, or `-` for standard input' : `expected ${least} files`
  return count > most ? `expected ${most} files` : undefined
}

function checking({ kind, managed, json }: Parsed['values']): CheckOptions {
  const known = kinds.find((one) => one === kind)
  if (kind !== undefined && known === undefined)
    throw new Unasked(`\`${kind}\` is no kind of policy: expected ${kinds.join(', ')}`)
  return { kind: known satisfies DocumentKind | undefined, managed, json }
}

function questionOf(files: readonly PolicyFile[], given: Parsed['values'], { read, now }: World): Question {
  const more = (names: readonly string[] | undefined) => (names ?? []).map((name) => fileOf(read, name))
  const question = {
    files,
    boundary: more(given.boundary),
    session: more(given.session),
    resourcePolicy: more(given['resource-policy']),
    trust: more(given.trust),
    guardrail: more(given.guardrail),
    principal: given.principal,
    actions: given.action ?? [],
    resources: given.resource ?? ['*'],
    resourceAccount: given['resource-account'],
    context: given.context ?? [],
    now,
    json: given.json,
  }
  const { boundary, session, resourcePolicy, trust, guardrail } = question
  if ([files, boundary, session, resourcePolicy, trust, guardrail].every((list) => list.length === 0))
    throw new Unasked('name a policy file, or `-` for standard input')
  return question
}
