// `chancery provider <verb>`: the identity providers there are, what is doubtful about them and whether they answer, and
// what one makes of a token or of claims. Pure over its world: files, store, network and screen come from cli.ts.
import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'
import { checkProviders } from './command/check.ts'
import type { KnownProvider, ProviderWorld } from './command/command-context.ts'
import { listProviders } from './command/list.ts'
import { type Outcome, said, unasked } from './command/outcome.ts'
import { tryProvider } from './command/try.ts'
import { issuerOf } from './issuer.ts'

export type { ProviderWorld } from './command/command-context.ts'

const usage = `usage: chancery provider list [--json]
       chancery provider check [--json] [NAME…]
       chancery provider try NAME --token FILE|- [--json]
       chancery provider try NAME --claims FILE|- [--json]

  NAME  a provider's name, its ARN or its issuer; of the configuration file and of the store, if there is one
  exit code 0: fine, would be let in; 1: a step failed, a doubt of weight, would be refused; 2: it could not be asked`

type Verb = (args: readonly string[], open: () => Promise<ProviderWorld>) => Promise<Outcome>

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['list', list],
  ['check', check],
  ['try', attempt],
  ['help', async () => said(0, usage)],
])

/** Runs `chancery provider <args>`. Never throws for what people typed, files hold or providers answer. */
export async function providerCommand(
  [name = 'help', ...args]: readonly string[],
  open: () => Promise<ProviderWorld>,
): Promise<Outcome> {
  const verb = verbs.get(name === '--help' || name === '-h' ? 'help' : name)
  if (!verb) return unasked(`chancery provider: \`${name}\` is not known\n${usage}`)
  try {
    return await verb(args, open)
  } catch (error) {
    const badArgs =
      error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (error instanceof Problem || badArgs) return unasked(`chancery provider: ${error.message}`)
    throw error
  }
}

const json = { json: { type: 'boolean', default: false } } as const

async function list(args: readonly string[], open: () => Promise<ProviderWorld>): Promise<Outcome> {
  const { values } = parseArgs({ args: [...args], options: json })
  return listProviders((await open()).providers, values.json)
}

async function check(args: readonly string[], open: () => Promise<ProviderWorld>): Promise<Outcome> {
  const { values, positionals } = parseArgs({ args: [...args], options: json, allowPositionals: true })
  const world = await open()
  const named = positionals.map((name) => providerNamed(world, name))
  return checkProviders(world, positionals.length === 0 ? world.providers : named, values.json)
}

async function attempt(args: readonly string[], open: () => Promise<ProviderWorld>): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...json, token: { type: 'string' }, claims: { type: 'string' } },
    allowPositionals: true,
  })
  const [name, ...others] = positionals
  if (
    name === undefined ||
    others.length > 0 ||
    (values.token === undefined) === (values.claims === undefined)
  )
    return unasked(usage)
  const world = await open()
  const { provider } = providerNamed(world, name)
  const given =
    values.token === undefined
      ? { claims: world.read(values.claims ?? '-') }
      : { token: world.read(values.token).trim() }
  return tryProvider(world, provider, given, values.json)
}

function providerNamed({ providers }: ProviderWorld, name: string): KnownProvider {
  const named = providers.find(
    ({ provider }) =>
      provider.name?.toLowerCase() === name.toLowerCase() || [provider.id, issuerOf(provider)].includes(name),
  )
  if (named) return named
  const names = providers.map(({ provider }) => provider.name ?? issuerOf(provider)).join(', ')
  throw new Problem('not_found', `there is no provider \`${name}\`; there are: ${names || 'none'}`)
}
