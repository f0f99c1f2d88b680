// `chancery provider check` for a directory: the steps of a sign-in that need no user.
import { Problem } from '../../problem.ts'
import type { LdapProvider } from '../../store/records.ts'
import type { CheckStep } from '../kind.ts'
import type { Directory } from './client.ts'
import type { Outbound } from './connection.ts'
import { subjectOf } from './entry.ts'
import { filterWith } from './filter.ts'
import { groupsOf } from './groups.ts'
import { openService } from './service.ts'

const searchMs = 5_000

/** Connects to every server, and checks the entries on the first. */
export async function* checkDirectory(
  provider: LdapProvider,
  outbound: Outbound,
): AsyncGenerator<CheckStep, void> {
  const signal = () => AbortSignal.timeout(searchMs)
  let first: Directory | undefined
  try {
    for (const url of provider.urls) {
      const { steps, directory } = await connected(provider, url, outbound, signal())
      yield* steps
      if (!directory) return
      if (first) directory.close()
      else first = directory
    }
    if (first) yield* checkEntries(first, provider)
  } finally {
    first?.close()
  }
}

async function connected(provider: LdapProvider, url: string, outbound: Outbound, signal: AbortSignal) {
  const { host } = new URL(url)
  const names = [
    `resolve ${host}`,
    `connect to ${host}`,
    url.startsWith('ldaps:') ? `TLS with ${host}` : `StartTLS with ${host}`,
    provider.bindDn === undefined ? `no bind at ${host}` : `bind at ${host} as ${provider.bindDn}`,
  ]
  const steps: CheckStep[] = []
  const addStep = (ok: boolean, said: string | undefined) => {
    steps.push({ step: names[steps.length] ?? '', ok, said })
  }
  try {
    const directory = await openService(provider, url, outbound, signal, (_step, said) => addStep(true, said))
    addStep(true, undefined)
    return { steps, directory }
  } catch (error) {
    addStep(false, detailOf(error))
    return { steps, directory: undefined }
  }
}

/** Reads the base entry, any user, and this user's subject and groups. */
async function* checkEntries(directory: Directory, provider: LdapProvider): AsyncGenerator<CheckStep, void> {
  const { baseDn, userFilter, subject, groups } = provider
  const base = await step(`read ${baseDn}`, async () => {
    if ((await directory.read(baseDn, ['objectClass'])) === undefined) throw nothing('there is no such entry')
    return { said: undefined, value: baseDn }
  })
  yield base.report
  if (!base.report.ok) return
  // Any user: `(uid=*)` for `(uid={username})`.
  const anybody = userFilter.replaceAll('{username}', '*')
  const person = await step(`search ${anybody}`, async () => {
    const [dn] = await directory.find(baseDn, anybody, 1)
    if (dn === undefined) throw nothing('no user is found, or the service account may not read users')
    return { said: dn, value: dn }
  })
  yield person.report
  const dn = person.value
  if (dn === undefined) return
  const known = await step(`read ${subject}`, async () => {
    const entry = await directory.read(dn, [subject])
    return { said: entry && subjectOf(subject, entry), value: dn }
  })
  yield known.report
  if (!known.report.ok || !groups) return
  const found = await step(`search groups ${filterWith(groups.filter, 'dn', dn)}`, async () => {
    const names = await groupsOf(directory, dn, groups)
    return { said: names.length === 0 ? 'in no group' : names.slice(0, 10).join(', '), value: names }
  })
  yield found.report
}

async function step<T>(
  name: string,
  work: () => Promise<{ readonly said: string | undefined; readonly value: T }>,
): Promise<{ readonly report: CheckStep; readonly value: T | undefined }> {
  try {
    const { said, value } = await work()
    return { report: { step: name, ok: true, said }, value }
  } catch (error) {
    return { report: { step: name, ok: false, said: detailOf(error) }, value: undefined }
  }
}

const nothing = (detail: string): Problem => new Problem('not_found', 'not in the directory', { detail })

function detailOf(error: unknown): string {
  if (error instanceof Problem) return error.detail ?? error.message
  return error instanceof Error ? error.message : String(error)
}
