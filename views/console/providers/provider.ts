// One identity provider: what it is, what its other side has to know, its settings, and a check of it.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { nameSegment } from '../frame/name-segment.ts'
import {
  act,
  type Crumb,
  caution,
  code,
  command,
  copied,
  done,
  facts,
  heading,
  section,
  stateBadge,
} from '../frame/parts.ts'
import { known, t, type Words } from '../message.ts'
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

const headOf = (
  provider: ProviderRow,
  crumb: Crumb = { href: '/console/providers', title: t('Providers') },
): Html =>
  heading({
    title: html`${titleOf(provider)} ${stateBadge('provider', provider.disabled ? 'disabled' : 'enabled')}`,
    crumb,
  })

const ofFile = caution(
  t('This provider comes from the configuration file, and is changed there, under `identity_providers`.'),
)

export const providerPage = (p: {
  readonly provider: ProviderRow
  readonly managed: ProviderSettingsView | undefined
  readonly target: FormTarget
  readonly done: Words | undefined
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
${managed?.isFormer && caution(t('It was in an earlier configuration file, and nobody signs in with it. Change its settings here to use it again, or delete it.'))}
${facts([
  [t('Kind'), providerKindNames[provider.kind]],
  [t('Issuer'), code(provider.issuer)],
  [t('ARN'), code(arn)],
  [t('For'), t(provider.signIn ? 'People who sign in' : 'Workloads')],
  [t('Comes from'), sourceName(provider.fromFile)],
])}
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}<input type="hidden" name="arn" value="${arn}"><button class="button primary small" type="submit">${t('Check now')}</button></form>
${p.checked && checkedView(p.checked)}
${managed && settingsSection(managed)}
${managed && addressesSection(managed.addresses)}
${p.tried && trySection(p.tried)}
${managed && endSection(p, { disabled, isOfFile })}
${command(p.commands)}`
}

const settingsSection = ({ rows, further, secrets }: ProviderSettingsView): Html | false =>
  rows.length + secrets.length > 0 &&
  section(
    t('Settings'),
    facts([
      ...rows.map(([label, value]) => [label, html`<span class="lines">${value}</span>`] as const),
      ...secrets.map((label) => [label, t('Set. It is not shown.')] as const),
      ...(Object.keys(further).length === 0
        ? []
        : [
            [
              t('Set by API or file'),
              html`<code class="break">${shortened(JSON.stringify(further))}</code>`,
            ] as const,
          ]),
    ]),
  )

/** The most characters of one setting. */
const longestShown = 500

/** A value that is data, as much of it as is shown. */
export const shortened = (text: string): Words =>
  text.length > longestShown
    ? t('{beginning}… ({count} characters)', { beginning: text.slice(0, longestShown), count: text.length })
    : html`${text}`

const endSection = (
  { provider, denied }: Pick<Parameters<typeof providerPage>[0], 'provider' | 'denied'>,
  { disabled, isOfFile }: { readonly disabled: boolean; readonly isOfFile: boolean },
): Html => {
  const link = (path: string, label: Words, operation: string, look: 'quiet' | 'danger' = 'quiet') =>
    act({ href: providerActPath(provider.arn, path), label, denied: denied.get(operation), look })
  const end = link('end-sessions', t('End sessions'), 'EndIdentityProviderSessions', 'danger')
  if (isOfFile) return section(t('Change it'), html`<div class="acts">${end}</div>`)
  return section(
    t('Change it'),
    html`<div class="acts">${act({ href: editProviderPath(provider.arn), label: t('Change settings'), denied: denied.get('UpdateIdentityProvider'), look: 'primary' })}${disabled ? link('enable', t('Enable'), 'EnableIdentityProvider') : link('disable', t('Disable'), 'DisableIdentityProvider', 'danger')}${!disabled && end}${link('delete', t('Delete'), 'DeleteIdentityProvider', 'danger')}</div>`,
  )
}

export const editProviderPath = (arn: string): string =>
  `/console/providers/edit?arn=${encodeURIComponent(arn)}`

/** What to register at the provider. @param there where it is entered */
export const addressesSection = (
  { callback, signedOut, metadata }: AddressesView,
  there?: Words,
): Html | false =>
  callback !== undefined &&
  section(
    t('Register at the provider'),
    html`${metadata !== undefined && address('metadata', t('Metadata, and entity ID'), metadata)}
${address('callback', t(metadata === undefined ? 'Redirect URI' : 'Assertion consumer service'), callback)}
${signedOut !== undefined && address('signed-out', t('Where browsers return to after a sign-out'), signedOut)}`,
    there,
  )

const address = (id: string, title: Words, url: string): Html =>
  html`<h3>${title}</h3>${copied(`address-${id}`, title, url)}`

export const editProviderPage = (p: {
  readonly provider: ProviderRow
  /** Why it cannot be changed here. */
  readonly denied: string | undefined
  readonly form: FormView
  readonly checked: CheckView | undefined
  readonly commands: readonly string[]
}): Html => html`${headOf(p.provider, { href: providerPath(p.provider.arn), title: html`${titleOf(p.provider)}` })}
${p.provider.fromFile && p.denied === undefined ? ofFile : p.denied !== undefined ? html`<p class="empty">${known(p.denied)}</p>` : html`<div class="form-column">${formOf(p.form)}</div>`}
${p.checked && checkedView(p.checked)}
${command(p.commands)}`
