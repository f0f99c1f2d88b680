// One identity provider: what it is, what its other side has to know, its settings, and a check of it.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { nameSegment } from '../frame/name-segment.ts'
import { act, caution, code, command, copied, done, facts, heading, section } from '../frame/parts.ts'
import type { Words } from '../message.ts'
import { stateBadge } from '../people/people.ts'
import {
  type CheckView,
  checkedView,
  type ProviderRow,
  providerKindNames,
  providerPath,
  sourceName,
} from './providers.ts'
import { type TryView, trySection } from './try.ts'

/** What only those see who may read its settings. */
export interface ProviderSettingsView {
  /** What its form has, by the labels of the fields. */
  readonly rows: readonly (readonly [label: Words, value: Words])[]
  /** What is set besides, as in the configuration file. */
  readonly further: Readonly<Record<string, unknown>>
  /** Names of the secrets that it has. */
  readonly secrets: readonly Words[]
  readonly addresses: AddressesView
  /** Of an earlier configuration file. */
  readonly isFormer: boolean
}

export interface AddressesView {
  readonly callback?: string | undefined
  readonly signedOut?: string | undefined
  readonly metadata?: string | undefined
}

/** Path of an act, such as `disable`. */
export const providerActPath = (arn: string, path: string): string =>
  `/console/providers/${nameSegment(arn)}/${path}`

const titleOf = ({ name, issuer }: ProviderRow): string => name ?? issuer

const headOf = (provider: ProviderRow, crumb = { href: '/console/providers', title: 'Providers' }): Html =>
  heading({
    title: html`${titleOf(provider)} ${stateBadge(provider.disabled ? 'disabled' : 'enabled')}`,
    crumb,
  })

const ofFile = caution(
  html`This provider comes from the configuration file, and is changed there, under <code>identity_providers</code>.`,
)

export const providerPage = (p: {
  readonly provider: ProviderRow
  readonly managed: ProviderSettingsView | undefined
  readonly target: FormTarget
  readonly done: string | undefined
  /** By operation. */
  readonly denied: ReadonlyMap<string, string | undefined>
  readonly checked: CheckView | undefined
  /** Undefined where nobody signs in with it. */
  readonly tried: TryView | undefined
  readonly commands: readonly string[]
}): Html => {
  const { provider, managed } = p
  const { arn, disabled } = provider
  const isOfFile = provider.fromFile && managed?.isFormer !== true
  return html`${headOf(provider)}
${done(p.done)}
${isOfFile && ofFile}
${managed?.isFormer && caution('It was in an earlier configuration file, and nobody signs in with it. Change its settings here to use it again, or delete it.')}
${facts([
  ['Kind', providerKindNames[provider.kind]],
  ['Issuer', code(provider.issuer)],
  ['ARN', code(arn)],
  ['For', provider.signIn ? 'People who sign in' : 'Workloads'],
  ['Comes from', sourceName(provider.fromFile)],
])}
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}<input type="hidden" name="arn" value="${arn}"><button class="button primary small" type="submit">Check now</button></form>
${p.checked && checkedView(p.checked)}
${managed && settingsSection(managed)}
${managed && addressesSection(managed.addresses)}
${p.tried && trySection(p.tried)}
${managed && !isOfFile && endSection(p, disabled)}
${command(p.commands)}`
}

const settingsSection = ({ rows, further, secrets }: ProviderSettingsView): Html | false =>
  rows.length + secrets.length > 0 &&
  section(
    'Settings',
    facts([
      ...rows.map(
        ([label, value]) =>
          [
            label,
            html`<span class="lines">${typeof value === 'string' ? shortened(value) : value}</span>`,
          ] as const,
      ),
      ...secrets.map((label) => [label, 'Set. It is not shown.'] as const),
      ...(Object.keys(further).length === 0
        ? []
        : [['Set by API or file', code(shortened(JSON.stringify(further)))] as const]),
    ]),
  )

/** The most characters of one setting. */
const longestShown = 500

const shortened = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown)}… (${text.length} characters)` : text

const endSection = (
  { provider, denied }: Pick<Parameters<typeof providerPage>[0], 'provider' | 'denied'>,
  disabled: boolean,
): Html => {
  const link = (path: string, label: string, operation: string, look: 'quiet' | 'danger' = 'quiet') =>
    act({ href: providerActPath(provider.arn, path), label, denied: denied.get(operation), look })
  return section(
    'Change it',
    html`<div class="acts">${act({ href: editProviderPath(provider.arn), label: 'Change settings', denied: denied.get('UpdateIdentityProvider'), look: 'primary' })}${disabled ? link('enable', 'Enable', 'EnableIdentityProvider') : link('disable', 'Disable', 'DisableIdentityProvider', 'danger')}${link('delete', 'Delete', 'DeleteIdentityProvider', 'danger')}</div>`,
  )
}

export const editProviderPath = (arn: string): string =>
  `/console/providers/edit?arn=${encodeURIComponent(arn)}`

/** What to register at the provider. @param there where it is entered */
export const addressesSection = (
  { callback, signedOut, metadata }: AddressesView,
  there?: string,
): Html | false =>
  callback !== undefined &&
  section(
    'Register at the provider',
    html`${metadata !== undefined && address('metadata', 'Metadata, and entity ID', metadata)}
${address('callback', metadata === undefined ? 'Redirect URI' : 'Assertion consumer service', callback)}
${signedOut !== undefined && address('signed-out', 'Where browsers return to after a sign-out', signedOut)}`,
    there,
  )

const address = (id: string, title: string, url: string): Html =>
  html`<h3>${title}</h3>${copied(`address-${id}`, title, url)}`

export const editProviderPage = (p: {
  readonly provider: ProviderRow
  /** Why it cannot be changed here. */
  readonly denied: string | undefined
  readonly form: FormView
  readonly checked: CheckView | undefined
  readonly commands: readonly string[]
}): Html => html`${headOf(p.provider, { href: providerPath(p.provider.arn), title: titleOf(p.provider) })}
${p.provider.fromFile && p.denied === undefined ? ofFile : p.denied !== undefined ? html`<p class="empty">${p.denied}</p>` : html`<div class="form-column">${formOf(p.form)}</div>`}
${p.checked && checkedView(p.checked)}
${command(p.commands)}`
