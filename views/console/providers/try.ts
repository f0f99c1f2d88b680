// The trial of an identity provider: a form for an ID token or claims, and what a sign-in would make of them.
import { type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { badge, facts, refusedButton, section } from '../frame/parts.ts'
import { known, sentences, t, type Words } from '../message.ts'

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
    t('Try it'),
    p.denied !== undefined
      ? refusedButton(t('Try'), p.denied)
      : html`${p.trial && trialOf(p.trial)}<div class="form-column">${formOf(p.form)}</div>`,
    t('What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in.'),
  )}</div>`

/** A word would have to agree with what there is none of. */
const none = html`–`

const trialOf = (trial: TrialView): Html => html`<div role="status"><h3>${headline(trial)}</h3></div>
${facts([
  ...(trial.token ? [[t('Token'), tokenSaid(trial.token)] as const] : []),
  [t('Subject'), trial.subject ?? none],
  [t('Name'), trial.name ?? none],
  [t('Display name'), trial.displayName ?? none],
  [t('E-mail'), emailSaid(trial)],
  [t('Groups'), listed(trial.groups.map(groupSaid))],
  [t('Tags'), listed(trial.tags.map(({ key, value }) => html`${key}=${value}`))],
  [t('Second factor'), factors[trial.secondFactor]],
])}`

const headline = ({ would, ifValid, user, why }: TrialView): Words => {
  if (would !== 'unknown') return outcome(would, user, why)
  return sentences([
    t('The token was not checked.'),
    ...(ifValid === undefined
      ? []
      : [t('If it is valid: {outcome}', { outcome: outcome(ifValid, user, why) })]),
  ])
}

const outcome = (would: Outcome, name: string | undefined, reason: string): Words => {
  const [user, why] = [html`<code>${name}</code>`, known(reason)]
  switch (would) {
    case 'sign-in':
      return t('Would sign in as {user}, who {why}.', { user, why })
    case 'join':
      return t('Would join {user}: {why}.', { user, why })
    case 'create':
      return t('Would create {user}: {why}.', { user, why })
    case 'refuse':
      return t('Would be refused: {why}.', { why })
  }
}

const tokenSaid = ({ state, said }: NonNullable<TrialView['token']>): Html => {
  if (state === 'valid')
    return html`${badge(t('Valid'), 'good')} ${t('Signature, issuer, audience and times.')}`
  return state === 'refused'
    ? html`${badge(t('Refused'), 'bad')} ${known(said ?? '')}`
    : html`${badge(t('Not checked'), 'care')} ${known(said ?? '')}`
}

const emailSaid = ({ email, emailVerified }: TrialView): Words =>
  email === undefined ? none : t(emailVerified ? '{email}, verified' : '{email}, not verified', { email })

const groupSaid = ({ name, exists }: TrialView['groups'][number]): Words =>
  exists ? html`${name}` : t('{name} (no such group here)', { name })

const listed = (values: readonly Words[]): Words =>
  values.length === 0 ? none : html`${values.map((value, at) => [at > 0 && ', ', value])}`

const factors = {
  there: t('The provider asked for it.'),
  here: t('Asked for here.'),
  'here-if-enrolled': t('Asked for here of those who have one.'),
} as const
