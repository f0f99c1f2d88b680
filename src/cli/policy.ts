// `chancery policy`: the policy engine over files, for people and CI.
import { Command, Option } from 'commander'
import { type CheckOptions, checkFiles, lintFiles, ruleList } from '../policy/command/check.ts'
import { type CommandResult, UsageError } from '../policy/command/command-result.ts'
import { diffFiles } from '../policy/command/diff.ts'
import { fileOf, kinds, type PolicyFile } from '../policy/command/files.ts'
import { dialects, filterFiles } from '../policy/command/filter.ts'
import { explainFiles, type SimulationInput, simulateFiles } from '../policy/command/simulate.ts'
import { exampleAccount, testFile, testsOfFile } from '../policy/command/test.ts'
import { accountOf } from '../policy/language/arn.ts'
import { Problem } from '../problem.ts'
import { type AdminSource, explainRefusal } from './admin/answer.ts'
import { type CommandContext, type Ended, ending, type MakeCommand, printed } from './context.ts'
import { withProgress } from './progress.ts'

export const policyCommand: MakeCommand = (context, ended) =>
  new Command('policy')
    .description('policies in files: faults, doubts, answers with reasons')
    .addCommand(checkCommand(context, ended))
    .addCommand(lintCommand(context, ended))
    .addCommand(simulateCommand(context, ended))
    .addCommand(explainCommand(context, ended))
    .addCommand(testCommand(context, ended))
    .addCommand(filterCommand(context, ended))
    .addCommand(diffCommand(context, ended))
    .addHelpText(
      'after',
      '\n`-` reads standard input. Exit code 0: fine, allowed; 1: findings, denied; 2: wrong usage.',
    )

/** Runs a verb and prints its answer. */
const answering = (
  context: CommandContext,
  ended: Ended,
  work: () => CommandResult | Promise<CommandResult>,
): Promise<void> => ending({ context, ended, onProblem: 2 }, async () => printed(context, await work()))

const noFile = 'name a policy file, or `-` for standard input'

interface CheckingOptions {
  readonly kind?: CheckOptions['kind']
  readonly managed?: boolean
  readonly json?: boolean
}

const checking = ({ kind, managed = false, json = false }: CheckingOptions): CheckOptions => ({
  kind,
  managed,
  json,
})

const kindOption = () =>
  new Option('--kind <kind>', 'kind of policy; guessed when it is not given').choices(kinds)

const someFiles = (context: CommandContext, names: readonly string[]): readonly PolicyFile[] => {
  if (names.length === 0) throw new UsageError(noFile)
  return names.map((name) => fileOf(context.read, name))
}

const checkCommand: MakeCommand = (context, ended) =>
  new Command('check')
    .description('whether policies can be read; every fault with line and column')
    .argument('[file...]', 'policies')
    .addOption(kindOption())
    .option('--managed', 'check the rules of managed policies')
    .option('--json', 'print JSON')
    .action((names: readonly string[], options: CheckingOptions) =>
      answering(context, ended, () => checkFiles(someFiles(context, names), checking(options))),
    )

const lintCommand: MakeCommand = (context, ended) =>
  new Command('lint')
    .description('also what is doubtful, with a fix; notes alone do not fail')
    .argument('[file...]', 'policies')
    .addOption(kindOption())
    .option('--managed', 'check the rules of managed policies')
    .option('--rules', 'list the rules')
    .option('--json', 'print JSON')
    .action((names: readonly string[], options: CheckingOptions & { readonly rules?: boolean }) =>
      answering(context, ended, () =>
        options.rules ? ruleList() : lintFiles(someFiles(context, names), checking(options)),
      ),
    )

interface QuestionOptions {
  readonly action?: readonly string[]
  readonly resource?: readonly string[]
  readonly principal?: string
  readonly context?: readonly string[]
  readonly resourceAccount?: string
  readonly boundary?: readonly string[]
  readonly session?: readonly string[]
  readonly resourcePolicy?: readonly string[]
  readonly trust?: readonly string[]
  readonly guardrail?: readonly string[]
  readonly json?: boolean
}

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value]

/** What simulate, explain and filter share: who asks for what, and further policies. */
const questionCommand = (name: string): Command =>
  new Command(name)
    .argument('[file...]', 'identity policies; a resource or trust policy among them is taken as what it is')
    .option('--action <action>', 'such as docs:GetDocument', collect)
    .option('--resource <arn>', 'default: any', collect)
    .option('--principal <arn>', 'who asks')
    .option(
      '--context <key=value>',
      'a condition key of the request; given twice, it has two values',
      collect,
    )
    .option('--resource-account <id>', 'account of the resource, 12 digits')
    .option('--boundary <file>', 'permissions boundary', collect)
    .option('--session <file>', 'session policy, one per link of a chain', collect)
    .option('--resource-policy <file>', 'policy of the resource', collect)
    .option('--trust <file>', 'trust policy of a role', collect)
    .option('--guardrail <file>', 'policy of the account', collect)
    .option('--json', 'print JSON')

function questionOf(
  names: readonly string[],
  given: QuestionOptions,
  { read, now }: Pick<CommandContext, 'read' | 'now'>,
): SimulationInput {
  const filesOf = (list: readonly string[] = []) => list.map((name) => fileOf(read, name))
  const policies = {
    files: filesOf(names),
    boundary: filesOf(given.boundary),
    session: filesOf(given.session),
    resourcePolicy: filesOf(given.resourcePolicy),
    trust: filesOf(given.trust),
    guardrail: filesOf(given.guardrail),
  }
  if (Object.values(policies).every((list) => list.length === 0)) throw new UsageError(noFile)
  return {
    ...policies,
    principal: given.principal,
    actions: given.action ?? [],
    resources: given.resource ?? ['*'],
    resourceAccount: given.resourceAccount,
    context: given.context ?? [],
    now: now(),
    json: given.json ?? false,
  }
}

const simulateCommand: MakeCommand = (context, ended) =>
  questionCommand('simulate')
    .description('one line per action and resource; fails when one is denied')
    .action((names: readonly string[], options: QuestionOptions) =>
      answering(context, ended, () => simulateFiles(questionOf(names, options, context))),
    )

const explainCommand: MakeCommand = (context, ended) =>
  questionCommand('explain')
    .description('why, in words, and what would allow it')
    .action((names: readonly string[], options: QuestionOptions) =>
      answering(context, ended, () => explainFiles(questionOf(names, options, context))),
    )

interface TestOptions extends AdminSource {
  readonly tests?: string
  readonly stored?: string
  readonly json?: boolean
}

const testCommand: MakeCommand = (context, ended) =>
  new Command('test')
    .description('whether a policy gives the answers that its tests expect; prints why not')
    .argument('<file>', 'an identity policy')
    .option('--tests <file>', 'JSON: a list of tests, or an object with `tests`')
    .option('--stored <policy>', 'the tests that a server keeps with the policy of this name or ARN')
    .option('--json', 'print JSON')
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .action((name: string, { tests, stored, json = false, ...source }: TestOptions) =>
      answering(context, ended, async () => {
        if ((tests === undefined) === (stored === undefined))
          throw new UsageError('say which tests: --tests tests.json, or --stored with the name of a policy')
        const file = fileOf(context.read, name)
        if (tests !== undefined)
          return testFile(file, testsOfFile(fileOf(context.read, tests)), { accountId: exampleAccount, json })
        const kept = await storedTests(context, source, stored ?? '')
        return testFile(file, testsOfFile(kept), { accountId: kept.accountId, json })
      }),
    )

/** @throws Problem('invalid_input') with the server's refusal */
async function storedTests(context: CommandContext, source: AdminSource, policy: string) {
  const answer = await context.callAdmin(source, {
    method: 'GET',
    path: `/v1/admin/policies/${encodeURIComponent(policy)}/tests`,
    query: {},
    body: undefined,
    ifMatch: undefined,
  })
  if (answer.status >= 400)
    throw new Problem('invalid_input', explainRefusal(answer).replace(/^chancery: /, ''))
  const { policy: arn } = answer.body as { readonly policy: string }
  return { name: policy, text: JSON.stringify(answer.body), accountId: accountOf(arn) ?? exampleAccount }
}

interface FilterOptions extends QuestionOptions {
  readonly shape?: string
  readonly dialect: (typeof dialects)[number]
}

const filterCommand: MakeCommand = (context, ended) =>
  questionCommand('filter')
    .description('the policies as a query over the rows of a table')
    .option('--shape <file>', 'how rows are resources, as JSON')
    .addOption(new Option('--dialect <dialect>', 'query language').choices(dialects).default('sqlite'))
    .action((names: readonly string[], options: FilterOptions) =>
      answering(context, ended, () => {
        if (options.shape === undefined)
          throw new UsageError(
            'say how rows are resources: --shape shape.json, with `resource` and `columns`',
          )
        const question = questionOf(names, options, context)
        return filterFiles(question, fileOf(context.read, options.shape), options.dialect)
      }),
    )

const diffCommand: MakeCommand = (context, ended) =>
  new Command('diff')
    .description('whether the second allows anything that the first does not, with a request that shows it')
    .argument('<before>')
    .argument('<after>')
    .addOption(kindOption())
    .option('--json', 'print JSON')
    .action((before: string, after: string, options: CheckingOptions) =>
      answering(context, ended, () => {
        const files = [before, after].map((name) => fileOf(context.read, name))
        return withProgress(context, 'combinations compared', async (progress) =>
          diffFiles(files, checking(options), progress),
        )
      }),
    )
