// "Needs you" of Home: what somebody should look at, each with a link to where it is mended. Every part is bounded, and one that the
// person may not read is left out.
import type { z } from 'zod'
import { appPath } from '../../../views/console/apps/apps.ts'
import { isoOf } from '../../../views/console/frame/parts.ts'
import type { Need } from '../../../views/console/home/home.ts'
import { personPath } from '../../../views/console/people/people.ts'
import { providerPath } from '../../../views/console/providers/providers.ts'
import { certificatesPath } from '../../../views/console/settings/certificates.ts'
import { scimTokensPath } from '../../../views/console/settings/scim.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import { findings } from '../../admin/findings/operations.ts'
import { findingsOfEach } from '../access/policy-review.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { sentence } from '../frame/sentence.ts'
import { mailNeeds } from './mail-needs.ts'

type Finding = z.output<typeof findings>['findings'][number]

/** A day as people read it. */
const dayOf = (instant: string | undefined): string => (instant ?? '').slice(0, 10)

/** Warnings of trust policies, and of providers, that are shown. */
const mostOfKind = 5

const views: Readonly<Record<Finding['kind'], (found: Finding, now: string) => Need>> = {
  app: ({ name, detail = '', at }) => ({
    title: `${name} fails`,
    text: `${sentence(detail)} Last ${at === undefined ? '' : `at ${at.slice(11, 16)} UTC on ${dayOf(at)}`}.`,
    href: appPath(name),
    more: { href: pathWith('/console/activity', { resource: `client/${name}` }), title: 'What happened' },
  }),
  certificate: ({ name, at }, now) => ({
    title: `The server certificate ${name} ${(at ?? '') < now ? 'has ended' : 'ends'} on ${dayOf(at)}`,
    text: 'Upload its successor under another name, then delete this one.',
    href: certificatesPath,
  }),
  'scim-token': ({ name, detail, at }) => ({
    title: `The SCIM token ${detail ?? name} ends on ${dayOf(at)}`,
    text: 'Make another one and give it to the directory before then.',
    href: scimTokensPath,
  }),
  'second-factor': ({ name }) => ({
    title: `${name} has no second factor`,
    text: 'Whoever has their password can sign in, and set up a second factor in their place where one is required. Ask them to set one up, require one, or disable them.',
    href: `${personPath(name)}/sign-in`,
    more: { href: '/console/settings', title: 'Require it' },
  }),
  'access-key': ({ name, detail = '', at }) => ({
    title: `An access key of ${name} is unused since ${dayOf(at)}`,
    text: `Deactivate ${detail} when nobody needs it.`,
    href: `${personPath(name)}/sign-in`,
  }),
}

const moreOf: Readonly<Record<Finding['kind'], string>> = {
  app: 'There may be more apps that fail.',
  certificate: 'There may be more certificates that end.',
  'scim-token': 'There may be more tokens that end.',
  'second-factor': 'There may be more people without a second factor.',
  'access-key': 'There may be more unused access keys.',
}

export interface Needs {
  readonly needs: readonly Need[]
  /** Sentences about what was not looked at. */
  readonly more: readonly string[]
  /** How many people were looked at, by name; undefined: all of them, or the reader may not know. */
  readonly onlyFirst: number | undefined
}

/** For what people are looked at. */
const ofPeople: ReadonlySet<Finding['kind']> = new Set(['second-factor', 'access-key'])

/** @param roles with their trust policies; @throws Problem */
export async function needsOf(
  request: ConsoleRequest,
  roles: readonly { readonly name: string; readonly trust: string }[],
): Promise<Needs> {
  const [found, trusts, providers, mail] = await Promise.all([
    part(() => request.ask('GetFindings', findings)),
    trustNeeds(roles),
    providerNeeds(request),
    mailNeeds(request),
  ])
  const own = 'value' in found ? found.value : { findings: [], more: [], onlyFirst: undefined }
  const now = isoOf(request.ports.now())
  return {
    needs: [...mail, ...own.findings.map((one) => views[one.kind](one, now)), ...providers, ...trusts],
    more: own.more
      .filter((kind) => own.onlyFirst === undefined || !ofPeople.has(kind))
      .map((kind) => moreOf[kind]),
    onlyFirst: own.onlyFirst,
  }
}

async function trustNeeds(
  roles: readonly { readonly name: string; readonly trust: string }[],
): Promise<readonly Need[]> {
  const doubts = await findingsOfEach(
    roles.map(({ trust }) => trust),
    'trust',
  )
  const needs = roles.flatMap(({ name }, at) => {
    const [worst] = (doubts[at] ?? []).filter(({ severity }) => severity !== 'note')
    return worst === undefined
      ? []
      : [{ title: `The trust policy of ${name} has a warning`, text: worst.message, href: rolePath(name) }]
  })
  return needs.slice(0, mostOfKind)
}

/** Warnings about providers, among them metadata and certificates that end. */
async function providerNeeds(request: ConsoleRequest): Promise<readonly Need[]> {
  const { accountId, ports } = request
  const denied = await request.denial({
    action: 'iam:ListOpenIDConnectProviders',
    resource: `arn:aws:iam::${accountId}:oidc-provider/*`,
  })
  if (denied !== undefined) return []
  const risks = await ports.providers.risks(accountId)
  return risks.slice(0, mostOfKind).map(({ arn, name, what, fix }) => ({
    title: `${name} has a warning`,
    text: `${sentence(what)} To fix it, ${fix}.`,
    href: providerPath(arn),
  }))
}
