// `chancery plan`, `apply` and `export`: the account as a file.
import { Command } from 'commander'
import { stringify } from 'yaml'
import { describeTest, parseTests, runTests } from '../../policy/engine/policy-tests.ts'
import { Problem } from '../../problem.ts'
import type { AdminSource } from '../admin/answer.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { type Item, parseDeclared, type Section, type State, sectionNames } from './file.ts'
import { kinds } from './kinds.ts'
import { type Change, type Plan, planOf, planText } from './plan.ts'
import { DeclaredServer } from './server.ts'
import { readState } from './state.ts'

interface Options extends AdminSource {
  readonly prune?: boolean
  readonly json?: boolean
}

const withSource = (command: Command): Command =>
  command
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')

export const planCommand: MakeCommand = (context, ended) =>
  withSource(
    new Command('plan')
      .description(
        'compare a YAML file of people, groups, roles, policies, clients and providers with a server',
      )
      .argument('<file>', 'the file, `-` for standard input')
      .option('--prune', 'also what apply --prune would delete')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', '\nExit codes: 0 no difference, 1 differences.')
    .action((file: string, options: Options) =>
      ending({ context, ended, onProblem: 2 }, async (): Promise<ExitCode> => {
        const { plan } = await prepare(context, file, options)
        context.out(options.json ? `${JSON.stringify(plan, null, 2)}\n` : `${planText(plan)}\n`)
        return plan.changes.length + plan.faults.length > 0 ? 1 : 0
      }),
    )

export const applyCommand: MakeCommand = (context, ended) =>
  withSource(
    new Command('apply')
      .description('change a server until it is as a YAML file says; the same file again changes nothing')
      .argument('<file>', 'the file, `-` for standard input')
      .option('--prune', 'delete what the sections of the file do not name'),
  ).action((file: string, options: Options) =>
    ending({ context, ended }, async (): Promise<ExitCode> => {
      const { server, plan } = await prepare(context, file, options)
      context.err(`${planText(plan)}\n`)
      if (plan.faults.length > 0) {
        context.err('nothing was changed: fix what begins with `!`, then apply again\n')
        return 1
      }
      return applyAll(context, server, plan.changes)
    }),
  )

export const exportCommand: MakeCommand = (context, ended) =>
  withSource(
    new Command('export').description(
      'print what a server holds as the file that plan and apply take, without secrets',
    ),
  ).action((options: Options) =>
    ending({ context, ended }, async (): Promise<ExitCode> => {
      const state = await readState(serverOf(context, options), sectionNames)
      const sections = sectionNames.map((section) => [section, [...(state.get(section)?.values() ?? [])]])
      context.out(stringify(Object.fromEntries(sections), { lineWidth: 0, aliasDuplicateObjects: false }))
      return 0
    }),
  )

const serverOf = (context: CommandContext, { url, profile }: AdminSource): DeclaredServer =>
  new DeclaredServer(context, { url, profile })

async function prepare(
  context: CommandContext,
  file: string,
  options: Options,
): Promise<{ readonly server: DeclaredServer; readonly plan: Plan }> {
  const given = parseDeclared(context.read(file), file === '-' ? '<stdin>' : file)
  const server = serverOf(context, options)
  const actual = await readState(server, [...given.keys()])
  const wanted = byPolicyName(given, server.policyArns)
  const prune = options.prune === true
  // A caller that deleted itself could not finish the run.
  const caller = prune && wanted.has('people') ? await nameOfCaller(server) : undefined
  const keep = (section: Section, name: string) => section === 'people' && name === caller
  const plan = planOf(wanted, actual, { prune, keep })
  const faults = [
    ...plan.faults,
    ...unknownPolicies(wanted, server.policyArns),
    ...(await failingTests(wanted, server)),
  ]
  return { server, plan: { ...plan, faults } }
}

/** Undefined for the account root and for sessions. */
const nameOfCaller = (server: DeclaredServer): Promise<string | undefined> =>
  server.iam('GetUser').then(
    ({ User }) => (User as { readonly UserName?: string }).UserName,
    () => undefined,
  )

/** The file with the names of the account's policies where it has their ARNs, as the account is read. */
function byPolicyName(given: State, arns: ReadonlyMap<string, string>): State {
  const names = new Map([...arns].map(([name, arn]) => [arn, name]))
  const named = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(named) : (names.get(String(value)) ?? value)
  const renamed = (item: Item): Item => ({
    ...item,
    ...Object.fromEntries(
      ['policies', 'boundary']
        .filter((member) => member in item)
        .map((member) => [member, named(item[member])]),
    ),
  })
  return new Map(
    [...given].map(([section, items]) => [
      section,
      new Map([...items].map(([name, item]) => [name, renamed(item)])),
    ]),
  )
}

/** Names of policies that neither the file nor the account has. */
function unknownPolicies(wanted: State, arns: ReadonlyMap<string, string>): string[] {
  const known = new Set([...(wanted.get('policies')?.keys() ?? []), ...arns.keys()])
  const named = (item: Item): readonly unknown[] => [
    ...(Array.isArray(item['policies']) ? item['policies'] : []),
    ...(typeof item['boundary'] === 'string' ? [item['boundary']] : []),
  ]
  return [...wanted].flatMap(([section, items]) =>
    [...items.values()].flatMap((item) =>
      named(item)
        .filter((policy) => !String(policy).startsWith('arn:') && !known.has(String(policy)))
        .map((policy) => `${section} \`${item.name}\`: there is no policy \`${String(policy)}\``),
    ),
  )
}

/** Policies of the file whose document fails a test that the file keeps with it: they are not applied. */
async function failingTests(wanted: State, server: DeclaredServer): Promise<string[]> {
  const tested = [...(wanted.get('policies')?.values() ?? [])].flatMap((item) => {
    const { tests = [] } = parseTests(item['tests'] ?? [])
    return tests.length === 0 ? [] : [{ name: item.name, document: JSON.stringify(item['document']), tests }]
  })
  if (tested.length === 0) return []
  const accountId = await server.accountId()
  return tested.flatMap(({ name, document, tests }) => {
    try {
      return runTests(document, tests, { accountId, name })
        .filter(({ passes }) => !passes)
        .map(({ test }) => `policies \`${name}\`: a test fails: ${describeTest(test)}`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return [`policies \`${name}\`: ${error.message}`]
    }
  })
}

/** Stops at the first fault, and says what was done. */
async function applyAll(
  context: CommandContext,
  server: DeclaredServer,
  changes: readonly Change[],
): Promise<ExitCode> {
  for (const [at, change] of changes.entries()) {
    try {
      const note = await applyOne(server, change)
      if (note !== undefined) context.out(`${note}\n`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const name = nameOf(change)
      context.err(
        `chancery: ${change.section} \`${name}\`: ${error.message}\n${at} of ${changes.length} changes were made; apply again when this is fixed\n`,
      )
      return 1
    }
  }
  const made = changes.length === 1 ? '1 change made' : `${changes.length} changes made`
  context.err(changes.length === 0 ? 'nothing to do\n' : `${made}\n`)
  return 0
}

const nameOf = (change: Change): string => (change.what === 'delete' ? change.actual.name : change.item.name)

async function applyOne(server: DeclaredServer, change: Change): Promise<string | undefined> {
  const kind = kinds[change.section satisfies Section]
  switch (change.what) {
    case 'create':
      return kind.create(server, change.item)
    case 'change': {
      const changed = new Set(change.differences.map(({ member }) => member))
      await kind.update(server, change.item, change.actual, changed)
      return undefined
    }
    case 'delete':
      await kind.remove(server, change.actual)
      return undefined
  }
}
