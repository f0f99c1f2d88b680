// Name and password, or a way to another place that vouches. What was wrong is never said: unknown name, wrong password
// and disabled user are one sentence. A password typed here is checked here, unless the form is a directory's, or the
// name is an address of a domain that another provider speaks for: then it is never looked at here.
import { onwardPage } from '../../views/federation-pages.ts'
import { passwordPage } from '../../views/sign-in-pages.ts'
import type { PasswordUpstream } from '../federation/kind.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import { Problem } from '../problem.ts'
import { type Form, field } from '../web/body.ts'
import { arrive } from './complete-federated-login.ts'
import type { Standing } from './credentials.ts'
import {
  type Asked,
  enrols,
  type Failure,
  type Outcome,
  type Progress,
  type StepName,
  type StepParts,
  type Stranger,
  type Visit,
} from './step.ts'
import { labelOf } from './unlinked-identity.ts'
import { hasRefusalPage } from './upstream-refusal.ts'

const refusal = 'Name or password is wrong.'
/** Longer than any name or password: refused before anything is hashed (attacks.md 23). */
const longestName = 128
const longestPassword = 256

/** The form's `factor`, and the query's `with`: this server's own password, or that of a directory. */
const ownWay = 'password'
const directoryWay = (name: string): string => `at-${name}`

export async function askPassword(
  visit: Visit,
  parts: StepParts,
  failure: Failure | undefined,
): Promise<Asked> {
  const { interaction, stranger } = visit
  const signedIn =
    // Another account was chosen: then the form is for anybody.
    interaction.userId === undefined || interaction.ask === 'select-account'
      ? undefined
      : await parts.credentials.standing(interaction.userId)
  const offered = await parts.providers.offered()
  const directory = offered.find(({ name }) => visit.way === directoryWay(name))
  const others = stranger || directory ? [] : offered
  const home = stranger && (await homeOf(stranger, parts))
  const page = passwordPage({
    ...visit.target,
    problem: failure?.problem,
    username: failure?.typed ?? interaction.loginHint ?? signedIn?.userName ?? '',
    application: interaction.client?.name,
    again: signedIn !== undefined,
    factor: directory ? directoryWay(directory.name) : visit.way === ownWay ? ownWay : undefined,
    directory: directory?.signIn.title,
    back: directory ? visit.path : undefined,
    providers: others.map(({ name, signIn }) => ({
      title: signIn.title,
      href: `${visit.path}/to/${encodeURIComponent(name)}`,
    })),
    byAddress: others.some(({ signIn }) => signIn.domains.length > 0),
    connecting: stranger && {
      title: stranger.title,
      label: labelOf(stranger),
      home: home && { title: home.signIn.title, href: `${visit.path}/to/${encodeURIComponent(home.name)}` },
    },
    restart: stranger && { action: `${visit.path}/restart`, token: visit.target.token },
    cancel:
      interaction.client === undefined || stranger !== undefined
        ? undefined
        : { action: `${visit.path}/refuse`, token: visit.target.token },
  })
  return { page }
}

export async function takePassword(visit: Visit, form: Form, parts: StepParts): Promise<Outcome> {
  const username = field(form, 'username').trim()
  const password = field(form, 'password')
  const again: Outcome = {
    kind: 'again',
    status: 401,
    problem: refusal,
    typed: username.slice(0, longestName),
  }
  if (username.length > longestName || password.length > longestPassword) return again
  const elsewhere = visit.stranger ? undefined : await placeOf(visit, username, parts)
  if (elsewhere === 'gone') return { ...again, status: 422, problem: 'That way to sign in is switched off.' }
  const byAddress = field(form, 'way') === 'address'
  if (byAddress && elsewhere === undefined)
    return { ...again, status: 422, problem: 'No organization is known here for that address.' }
  const upstream = elsewhere && (await parts.upstreams.of(elsewhere))
  if (elsewhere && upstream?.way === 'redirect') return onward(visit, elsewhere)
  if (username === '' || password === '')
    return { ...again, status: 422, problem: 'Type your name and your password.' }
  if (elsewhere && upstream?.way === 'password')
    return (await takeElsewhere(visit, parts, elsewhere, upstream, { username, password })) ?? again
  const proven = await parts.credentials.checkPassword(username, password, visit.from)
  const standing = proven && (await parts.credentials.standing(proven.userId))
  if (proven === undefined || standing === undefined) return again
  const { userId, passwordChangedAt } = proven
  const progress = begun(visit, standing, { userId, amr: ['pwd'], password: passwordChangedAt })
  return { kind: 'proven', progress }
}

/**
 * The provider that speaks for the domain of the address somebody came with from another one. It says nothing of who is
 * here: the sign-in page leads everybody with such an address there.
 */
async function homeOf(stranger: Stranger, parts: StepParts): Promise<SignInProvider | undefined> {
  const { email } = stranger.arriving.person
  const home = email === undefined ? undefined : await parts.providers.ofAddress(email)
  return home?.name === stranger.name ? undefined : home
}

/** Whose password the form is about; undefined: ours. */
async function placeOf(
  visit: Visit,
  username: string,
  parts: StepParts,
): Promise<SignInProvider | 'gone' | undefined> {
  if (visit.way === ownWay) return undefined
  if (visit.way?.startsWith('at-')) return (await parts.providers.byName(visit.way.slice(3))) ?? 'gone'
  return parts.providers.ofAddress(username)
}

function onward(visit: Visit, { name, signIn }: SignInProvider): Outcome {
  const to = `${visit.path}/to/${encodeURIComponent(name)}`
  return {
    kind: 'onward',
    to,
    page: onwardPage({ title: signIn.title, to, own: `${visit.path}?with=${ownWay}` }),
  }
}

interface Typed {
  readonly username: string
  readonly password: string
}

async function takeElsewhere(
  visit: Visit,
  parts: StepParts,
  provider: SignInProvider,
  upstream: PasswordUpstream<SignInProvider>,
  { username, password }: Typed,
): Promise<Outcome | undefined> {
  const check = async (secret: Parameters<typeof upstream.signIn>[2]) => {
    const person = await upstream.signIn(provider, username, secret)
    const arrival = person && ({ provider, person, methods: ['pwd'], connecting: undefined } as const)
    return arrival && arrive(parts, arrival, visit.from, visit.now)
  }
  const arrived = await parts.providers
    .tryPassword(provider, { username, password }, visit.from, check)
    .catch((error: unknown) => {
      if (error instanceof Problem && hasRefusalPage(error)) return error
      throw error
    })
  if (arrived instanceof Problem) return { kind: 'refused', provider, refusal: arrived }
  if (arrived === undefined) return undefined
  if (arrived.kind === 'stranger') return arrived
  const standing = await parts.credentials.standing(arrived.progress.userId)
  return standing && { kind: 'proven', progress: begun(visit, standing, arrived.progress) }
}

/** What is proven now, and what has to be set up on the way, so that the pages can say how far it is. */
export function begun(
  visit: Pick<Visit, 'now' | 'wantsSecondFactor'>,
  standing: Standing,
  proven: Pick<Progress, 'userId' | 'amr' | 'password' | 'upstream'>,
): Progress {
  const progress = { ...proven, provenAt: visit.now, device: undefined, unsavedCodes: false, setup: [] }
  const changes = standing.mustChangePassword && proven.upstream === undefined
  const setup: readonly StepName[] = [
    ...(changes ? (['new-password'] as const) : []),
    ...(enrols({ progress, standing }, visit.wantsSecondFactor)
      ? (['authenticator', 'recovery-codes'] as const)
      : []),
  ]
  return { ...progress, setup }
}
