// The trial of an identity provider: a form for an ID token or claims, and what a sign-in would make of them.
import { type Fragment, type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { marked } from '../frame/ladder.ts'
import { badge, facts, refusedButton, section } from '../frame/parts.ts'

type Outcome = 'sign-in' | 'join' | 'create' | 'refuse'

export interface TrialView {
  readonly would: Outcome | 'unknown'
  /** Of a token that could not be checked: what it would be, were it valid. */
  readonly ifValid?: Outcome | undefined
  readonly user?: string | undefined
  readonly why: string
  readonly token?:
    | { readonly state: 'valid' | 'refused' | 'unchecked'; readonly said?: string | undefined }
    | undefined
  readonly subject?: string | undefined
  readonly name?: string | undefined
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  readonly emailVerified: boolean
  readonly groups: readonly { readonly name: string; readonly exists: boolean }[]
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  readonly secondFactor: 'there' | 'here' | 'here-if-enrolled'
}

export interface TryView {
  /** Why it cannot be tried. */
  readonly denied: string | undefined
  readonly form: FormView
  readonly trial: TrialView | undefined
}

export const trySection = (p: TryView): Html =>
  html`<div id="try">${section(
    'Try it',
    p.denied !== undefined
      ? refusedButton('Try', p.denied)
      : html`${p.trial && trialOf(p.trial)}<div class="form-column">${formOf(p.form)}</div>`,
    'What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in.',
  )}</div>`

const trialOf = (trial: TrialView): Html => html`<div role="status"><h3>${headline(trial)}</h3></div>
${facts([
  ...(trial.token ? [['Token', tokenSaid(trial.token)] as const] : []),
  ['Subject', trial.subject ?? 'None'],
  ['Name', trial.name ?? 'None'],
  ['Display name', trial.displayName ?? 'None'],
  ['E-mail', emailSaid(trial)],
  ['Groups', listed(trial.groups.map(groupSaid))],
  ['Tags', listed(trial.tags.map(({ key, value }) => `${key}=${value}`))],
  ['Second factor', factors[trial.secondFactor]],
])}`

const headline = ({ would, ifValid, user, why }: TrialView): Html => {
  if (would === 'unknown')
    return html`The token was not checked.${ifValid !== undefined && html` If it is valid: ${outcome(ifValid, user, why)}`}`
  return outcome(would, user, why)
}

const outcome = (would: Outcome, user: string | undefined, why: string): Html => {
  switch (would) {
    case 'sign-in':
      return html`Would sign in as <code>${user}</code>, who ${marked(why)}.`
    case 'join':
      return html`Would join <code>${user}</code>: ${marked(why)}.`
    case 'create':
      return html`Would create <code>${user}</code>: ${marked(why)}.`
    case 'refuse':
      return html`Would be refused: ${marked(why)}.`
  }
}

const tokenSaid = ({ state, said }: NonNullable<TrialView['token']>): Html => {
  if (state === 'valid') return html`${badge('Valid', 'good')} Signature, issuer, audience and times.`
  return state === 'refused'
    ? html`${badge('Refused', 'bad')} ${marked(said ?? '')}`
    : html`${badge('Not checked', 'care')} ${marked(said ?? '')}`
}

const emailSaid = ({ email, emailVerified }: TrialView): string =>
  email === undefined ? 'None' : `${email}, ${emailVerified ? 'verified' : 'not verified'}`

const groupSaid = ({ name, exists }: TrialView['groups'][number]): string =>
  exists ? name : `${name} (no such group here)`

const listed = (values: readonly string[]): Fragment => (values.length === 0 ? 'None' : values.join(', '))

const factors = {
  there: 'The provider asked for it.',
  here: 'Asked for here.',
  'here-if-enrolled': 'Asked for here of those who have one.',
} as const
