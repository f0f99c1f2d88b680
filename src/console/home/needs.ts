// "Needs you" on Home: problems to look at, each with a link to the page that solves it. Every part reads a bounded number of
// records, and a part that the person may not read is left out.
import type { z } from 'zod'
import { appPath } from '../../../views/console/apps/apps.ts'
import { day, isoOf } from '../../../views/console/frame/parts.ts'
import type { Need } from '../../../views/console/home/home.ts'
import { known, sentences, t, type Words } from '../../../views/console/message.ts'
import { personPath } from '../../../views/console/people/people.ts'
import { providerPath } from '../../../views/console/providers/providers.ts'
import { certificatesPath } from '../../../views/console/settings/certificates.ts'
import { scimTokensPath } from '../../../views/console/settings/scim.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import type { Fragment, Localizable } from '../../../views/html.ts'
import { findings } from '../../admin/findings/operations.ts'
import { findingsOfEach } from '../access/policy-review.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { sentence } from '../frame/sentence.ts'
import { mailNeeds } from './mail-needs.ts'

type Finding = z.output<typeof findings>['findings'][number]

const dayOf = (instant: string | undefined): Fragment => instant !== undefined && day(instant)

/** Warnings of trust policies, and of providers, that are shown. */
const mostOfKind = 5

const views: Readonly<Record<Finding['kind'], (found: Finding, now: string) => Need>> = {
  app: ({ name, detail = '', at }) => ({
    title: t('{name} fails', { name }),
    text: sentences([
      known(sentence(detail)),
      ...(at === undefined
        ? []
        : [t('Last at {time} UTC on {day}.', { time: at.slice(11, 16), day: dayOf(at) })]),
    ]),
    href: appPath(name),
    more: { href: pathWith('/console/activity', { resource: `client/${name}` }), title: t('What happened') },
  }),
  certificate: ({ name, at }, now) => ({
    title: t(
      (at ?? '') < now
        ? 'The server certificate {name} has ended on {day}'
        : 'The server certificate {name} ends on {day}',
      { name, day: dayOf(at) },
    ),
    text: t('Upload its successor under another name, then delete this one.'),
    href: certificatesPath,
  }),
  'scim-token': ({ name, detail, at }) => ({
    title: t('The SCIM token {name} ends on {day}', { name: detail ?? name, day: dayOf(at) }),
    text: t('Make another one and give it to the directory before then.'),
    href: scimTokensPath,
  }),
  'second-factor': ({ name }) => ({
    title: t('{name} has no second factor', { name }),
    text: t(
      'Whoever has their password can sign in, and set up a second factor in their place where one is required. Ask them to set one up, require one, or disable them.',
    ),
    href: `${personPath(name)}/sign-in`,
    more: { href: '/console/settings', title: t('Require it') },
  }),
  'access-key': ({ name, detail = '', at }) => ({
    title: t('An access key of {name} is unused since {day}', { name, day: dayOf(at) }),
    text: t('Deactivate {key} when nobody needs it.', { key: detail }),
    href: `${personPath(name)}/sign-in`,
  }),
}

const moreOf: Readonly<Record<Finding['kind'], Words>> = {
  app: t('There may be more apps that fail.'),
  certificate: t('There may be more certificates that end.'),
  'scim-token': t('There may be more tokens that end.'),
  'second-factor': t('There may be more people without a second factor.'),
  'access-key': t('There may be more unused access keys.'),
}

export interface Needs {
  readonly needs: readonly Need[]
  /** Sentences about what was not looked at. */
  readonly more: readonly Words[]
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
    part(() => request.perform('GetFindings', findings)),
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
      : [
          {
            title: t('The trust policy of {name} has a warning', { name }),
            text: known(worst.message),
            href: rolePath(name),
          },
        ]
  })
  return needs.slice(0, mostOfKind)
}

/** A text that is made elsewhere in lower case, as a sentence in the language of the page. */
const asSentence =
  (text: string): Localizable =>
  ({ knownText, language }) =>
    known(language === 'ja' ? `${knownText(text)}。` : sentence(knownText(text)))

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
    title: t('{name} has a warning', { name }),
    text: t('{warning} To fix it, {fix}.', { warning: asSentence(what), fix: known(fix) }),
    href: providerPath(arn),
  }))
}
