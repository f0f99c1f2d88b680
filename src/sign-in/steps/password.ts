// The first step: user name and password, or a link to an identity provider. Unknown name, wrong password and disabled user
// give the same message. The password is checked by this server unless the form belongs to a directory, or the user name is
// an e-mail address in a domain of a provider; then the local password is not checked at all.
import { continueToProviderPage } from '../../../views/sign-in/federation-pages.ts'
import { passwordPage } from '../../../views/sign-in/sign-in-pages.ts'
import type { PasswordUpstream } from '../../federation/kind.ts'
import type { SignInProvider } from '../../iam/sign-in/providers.ts'
import { Problem } from '../../problem.ts'
import { type Form, field } from '../../web/request/body.ts'
import { completeFederatedLogin } from '../federation/complete-federated-login.ts'
import { labelOf } from '../federation/unlinked-identity.ts'
import { hasRefusalPage } from '../federation/upstream-refusal.ts'
import type {
  Failure,
  SignInRequest,
  StepDependencies,
  StepPage,
  StepResult,
  UnlinkedIdentity,
} from '../step.ts'
import { passkeyForm, passkeyOption, submitPasskey } from './passkey.ts'
import { startProgress } from './start-progress.ts'

const incorrectCredentials = 'Incorrect user name or password.'
/** Longer input is rejected before any hashing (attacks.md 23). */
const maxNameLength = 128
const maxPasswordLength = 256

/** Values of `factor` in the form and of `with` in the query: the password of this server, or of a directory. */
const localPasswordOption = 'password'
const directoryOption = (name: string): string => `at-${name}`

export async function showPassword(
  request: SignInRequest,
  deps: StepDependencies,
  failure: Failure | undefined,
): Promise<StepPage> {
  const { interaction, unlinked } = request
  const signedIn =
    // With another account chosen, the form is not bound to the signed-in user.
    interaction.userId === undefined || interaction.ask === 'select-account'
      ? undefined
      : await deps.credentials.signInStatus(interaction.userId)
  const offered = await deps.providers.offered()
  const directory = offered.find(({ name }) => request.option === directoryOption(name))
  const others = unlinked || directory ? [] : offered
  const domainProvider = unlinked && (await domainProviderOf(unlinked, deps))
  const page = passwordPage({
    ...request.target,
    passkey: directory ? undefined : await passkeyForm(request, deps),
    problem: failure?.problem,
    username: failure?.typed ?? interaction.loginHint ?? signedIn?.userName ?? '',
    application: interaction.client?.name,
    again: signedIn !== undefined,
    purpose: interaction.purpose,
    forgotten: directory || unlinked ? undefined : deps.forgottenPage(),
    register: directory || unlinked || signedIn ? undefined : await deps.registerPage(),
    factor: directory
      ? directoryOption(directory.name)
      : request.option === localPasswordOption
        ? localPasswordOption
        : undefined,
    directory: directory?.signIn.title,
    back: directory ? request.path : undefined,
    providers: others.map(({ name, signIn }) => ({
      title: signIn.title,
      href: `${request.path}/to/${encodeURIComponent(name)}`,
    })),
    byAddress: others.some(({ signIn }) => signIn.domains.length > 0),
    connecting: unlinked && {
      title: unlinked.title,
      label: labelOf(unlinked),
      domainProvider: domainProvider && {
        title: domainProvider.signIn.title,
        href: `${request.path}/to/${encodeURIComponent(domainProvider.name)}`,
      },
    },
    restart: unlinked && { action: `${request.path}/restart`, token: request.target.token },
    cancel:
      interaction.client === undefined || unlinked !== undefined
        ? undefined
        : { action: `${request.path}/refuse`, token: request.target.token },
  })
  return { page }
}

export async function submitPassword(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  if (request.option === passkeyOption) return submitPasskey(request, form, deps)
  const username = field(form, 'username').trim()
  const password = field(form, 'password')
  const incorrect: StepResult = {
    kind: 'invalid',
    status: 401,
    problem: incorrectCredentials,
    typed: username.slice(0, maxNameLength),
  }
  if (username.length > maxNameLength || password.length > maxPasswordLength) return incorrect
  const provider = request.unlinked ? undefined : await passwordProvider(request, username, deps)
  if (provider === 'gone')
    return { ...incorrect, status: 422, problem: 'This sign-in method is not available.' }
  const byAddress = field(form, 'way') === 'address'
  if (byAddress && provider === undefined)
    return { ...incorrect, status: 422, problem: 'No organization is set up for this e-mail address.' }
  const upstream = provider && (await deps.upstreams.of(provider))
  if (provider && upstream?.flow === 'redirect') return continueAtProvider(request, provider)
  if (username === '' || password === '')
    return { ...incorrect, status: 422, problem: 'Enter your user name and password.' }
  if (provider && upstream?.flow === 'password')
    return (await submitToDirectory(request, deps, provider, upstream, { username, password })) ?? incorrect
  const proven = await deps.credentials.checkPassword(username, password, request.origin)
  const status = proven && (await deps.credentials.signInStatus(proven.userId))
  if (proven === undefined || status === undefined) return incorrect
  const { userId, passwordChangedAt } = proven
  const progress = startProgress(request, status, { userId, amr: ['pwd'], password: passwordChangedAt })
  return { kind: 'proven', progress }
}

/**
 * The provider of the domain of an unlinked identity's e-mail address, when that is another provider. This does not reveal
 * whether a user exists: the sign-in page sends every address of that domain to that provider.
 */
async function domainProviderOf(
  unlinked: UnlinkedIdentity,
  deps: StepDependencies,
): Promise<SignInProvider | undefined> {
  const { email } = unlinked.identity.person
  const domainProvider = email === undefined ? undefined : await deps.providers.ofAddress(email)
  return domainProvider?.name === unlinked.name ? undefined : domainProvider
}

/** The provider that checks the password; undefined: this server. `gone`: the form's directory was disabled or deleted. */
async function passwordProvider(
  request: SignInRequest,
  username: string,
  deps: StepDependencies,
): Promise<SignInProvider | 'gone' | undefined> {
  if (request.option === localPasswordOption) return undefined
  if (request.option?.startsWith('at-'))
    return (await deps.providers.byName(request.option.slice(3))) ?? 'gone'
  return deps.providers.ofAddress(username)
}

function continueAtProvider(request: SignInRequest, { name, signIn }: SignInProvider): StepResult {
  const to = `${request.path}/to/${encodeURIComponent(name)}`
  return {
    kind: 'continue-at-provider',
    to,
    page: continueToProviderPage({
      title: signIn.title,
      to,
      own: `${request.path}?with=${localPasswordOption}`,
    }),
  }
}

interface Typed {
  readonly username: string
  readonly password: string
}

async function submitToDirectory(
  request: SignInRequest,
  deps: StepDependencies,
  provider: SignInProvider,
  upstream: PasswordUpstream<SignInProvider>,
  { username, password }: Typed,
): Promise<StepResult | undefined> {
  const check = async (secret: Parameters<typeof upstream.signIn>[2]) => {
    const person = await upstream.signIn(provider, username, secret)
    const response = person && ({ provider, person, methods: ['pwd'], connecting: undefined } as const)
    return response && completeFederatedLogin(deps, response, request.origin, request.now)
  }
  const result = await deps.providers
    .tryPassword(provider, { username, password }, request.origin, check)
    .catch((error: unknown) => {
      if (error instanceof Problem && hasRefusalPage(error)) return error
      throw error
    })
  if (result instanceof Problem) return { kind: 'refused', provider, refusal: result }
  if (result === undefined) return undefined
  if (result.kind === 'unlinked') return result
  const status = await deps.credentials.signInStatus(result.progress.userId)
  return status && { kind: 'proven', progress: startProgress(request, status, result.progress) }
}
