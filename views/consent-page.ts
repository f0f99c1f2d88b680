// The consent page, with the descriptions of scopes and claims.
import { buttonForm, type FormTarget, form, submit } from './form.ts'
import type { Html } from './html.ts'
import { html, webLink } from './html.ts'
import type { Page } from './layout.ts'
import { monogram } from './marks.ts'

export interface ConsentQuestion {
  readonly allow: FormTarget
  readonly refuse: FormTarget
  readonly user: string
  readonly client: {
    readonly name: string
    readonly uri: string | undefined
    readonly policyUri: string | undefined
    readonly tosUri: string | undefined
    /** The client registered itself, so its name is not verified. */
    readonly registered: boolean
    /** ARNs of the roles it may assume with the scope `roles`; undefined for every role that the user may assume. */
    readonly roles: readonly string[] | undefined
  }
  /** Origin of the application, to which the browser returns. */
  readonly returnsTo: string | undefined
  readonly device: boolean
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly resources: ReadonlyMap<string, readonly string[]>
}

/** Descriptions of the scopes of OIDC Core §5.4 and our own. Other scopes are shown by name. */
const scopeDescriptions: ReadonlyMap<string, string> = new Map([
  ['openid', 'Know who you are'],
  ['profile', 'See your name and user name'],
  ['email', 'See your e-mail address'],
  ['groups', 'See which groups you belong to'],
  ['phone', 'See your telephone number'],
  ['address', 'See your postal address'],
  ['offline_access', 'Keep access while you are away'],
])

const describe = (scope: string): Html => {
  const text = scopeDescriptions.get(scope)
  return text === undefined ? html`Use <code>${scope}</code>` : html`${text}`
}

/** Which roles, and for how long. A session created from a user's access token ends with that token, after at most an hour. */
const describeRoles = ({ client, scopes }: ConsentQuestion): Html => {
  const long = scopes.includes('offline_access')
    ? 'for up to 1 hour at a time, also while you are away, until you withdraw this'
    : 'for up to 1 hour at a time, while you are signed in'
  if (client.roles === undefined)
    return html`<strong>Act as you in every role that you may assume</strong>, ${long}`
  if (client.roles.length === 0) return html`Act as you in no role`
  return html`<strong>Act as you in</strong> ${client.roles.map((role, i) => html`${i > 0 && ', '}<code>${role.slice(role.lastIndexOf(':') + 1)}</code>`)}, ${long}`
}

export const consentPage = (p: ConsentQuestion): Page => ({
  title: `Allow ${p.client.name}?`,
  kind: 'card',
  body: html`<div class="who-asks">${monogram(p.client.name)}</div>
<h1>Allow <span class="name">${p.client.name}</span>?</h1>
<p class="lead">Signed in as <strong>${p.user}</strong></p>
${p.client.registered && html`<p class="caution"><span class="sign" aria-hidden="true">!</span><span>This application registered itself. Its name has not been verified.</span></p>`}
${p.device && html`<p class="caution"><span class="sign" aria-hidden="true">!</span><span>A device is waiting for your answer. Allow this only if you started it yourself.</span></p>`}
<p class="note" id="asks">It will be able to:</p>
<ul class="grants" aria-labelledby="asks">
${p.scopes.map((scope) => html`<li>${scope === 'roles' ? describeRoles(p) : describe(scope)}</li>`)}
${p.claims.map((claim) => html`<li>See your <code>${claim}</code></li>`)}
${[...p.resources].map(([resource, scopes]) => html`<li>On <code>${resource}</code>: ${scopes.map((scope, i) => html`${i > 0 && ', '}<code>${scope}</code>`)}</li>`)}
</ul>
${form(p.allow, submit('Allow'))}
${buttonForm(p.refuse, 'Not now', 'quiet wide-button')}
${p.returnsTo !== undefined && html`<p class="note center">You will return to <strong class="nowrap">${hostOf(p.returnsTo)}</strong></p>`}
${links(p.client)}`,
})

const hostOf = (origin: string): string => URL.parse(origin)?.host || origin

const links = (client: ConsentQuestion['client']): Html => {
  const all = [
    { text: 'Website', href: webLink(client.uri) },
    { text: 'Privacy', href: webLink(client.policyUri) },
    { text: 'Terms', href: webLink(client.tosUri) },
  ].filter((link) => link.href !== undefined)
  return html`${all.length > 0 && html`<p class="note center links">${all.map((link) => html`<a href="${link.href}" rel="noopener noreferrer" target="_blank">${link.text}</a>`)}</p>`}`
}
