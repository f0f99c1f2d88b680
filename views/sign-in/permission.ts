// A permission of a session policy in words, for the person who is asked to consent to it (policy/language/describe.ts makes them).

import type { Translate } from '../html.ts'
import { type Html, html } from '../html.ts'
import type { Message } from '../languages/message.ts'

type Verb = keyof typeof verbs

export interface PermissionView {
  readonly deed:
    | { readonly kind: 'everything' }
    | { readonly kind: 'everything in'; readonly service: string }
    | { readonly kind: 'everything called'; readonly called: string }
    | { readonly kind: 'action'; readonly words: string; readonly action: string }
    | { readonly kind: 'verb'; readonly verb: Verb; readonly things: string; readonly action: string }
    | { readonly kind: 'verb in'; readonly verb: Verb; readonly service: string; readonly action: string }
    | { readonly kind: 'verb called'; readonly verb: Verb; readonly called: string }
  /** At least one. */
  readonly places: readonly PlaceView[]
}

type PlaceView =
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'anywhere in'; readonly service: string }
  | { readonly kind: 'at' | 'under' | 'beginning with' | 'of the form'; readonly name: string }

const verbs = {
  read: 'Read',
  'see that there are': 'See that there are',
  see: 'See',
  list: 'List',
  search: 'Search',
  write: 'Write',
  create: 'Create',
  add: 'Add',
  change: 'Change',
  delete: 'Delete',
  remove: 'Remove',
  send: 'Send',
  run: 'Run',
} as const satisfies Readonly<Record<string, Message>>

const code = (name: string): Html => html`<code>${name}</code>`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Denials say `anything`, because "It will not be able to do everything" would mean that it may do a part. */
const broad = {
  allow: {
    everything: 'Do everything, in every service',
    'everything in': 'Do everything in {service}',
    'everything called': 'Do everything that is called {name}',
    'verb called': '{verb} everything that is called {name}',
  },
  deny: {
    everything: 'Do anything, in every service',
    'everything in': 'Do anything in {service}',
    'everything called': 'Do anything that is called {name}',
    'verb called': '{verb} anything that is called {name}',
  },
} as const satisfies Readonly<Record<'allow' | 'deny', Readonly<Record<string, Message>>>>

/** @param effect whether the permission is given, or denied whatever else is given */
export function permissionText(
  t: Translate,
  { deed, places }: PermissionView,
  effect: 'allow' | 'deny',
): Html {
  return t('{deed} {places}', { deed: deedText(t, deed, effect), places: placesText(t, places) })
}

type Deed = PermissionView['deed']

function deedText(t: Translate, deed: Deed, effect: 'allow' | 'deny'): Html {
  switch (deed.kind) {
    case 'everything':
      return t(broad[effect][deed.kind])
    case 'everything in':
      return t(broad[effect][deed.kind], { service: code(deed.service) })
    case 'everything called':
      return t(broad[effect][deed.kind], { name: code(deed.called) })
    case 'verb called':
      return t(broad[effect][deed.kind], { verb: t(verbs[deed.verb]), name: code(deed.called) })
    default:
      return oneOf(t, deed)
  }
}

/** Permissions for one action, whose words are the same for an allowed and for a denied one. */
function oneOf(t: Translate, deed: Extract<Deed, { readonly action: string }>): Html {
  const action = code(deed.action)
  if (deed.kind === 'action') return html`${capital(deed.words)} (${action})`
  const verb = t(verbs[deed.verb])
  return deed.kind === 'verb'
    ? t('{verb} {things} ({action})', { verb, things: deed.things, action })
    : t('{verb} anything in {service} ({action})', { verb, service: code(deed.service), action })
}

const placesText = (t: Translate, [first, ...others]: readonly PlaceView[]): Html =>
  others.reduce<Html>(
    (text, place) => t('{place} or {other}', { place: text, other: placeText(t, place) }),
    first === undefined ? html`` : placeText(t, first),
  )

function placeText(t: Translate, place: PlaceView): Html {
  switch (place.kind) {
    case 'anywhere':
      return t('anywhere')
    case 'anywhere in':
      return t('anywhere in {service}', { service: code(place.service) })
    case 'at':
      return t('at {name}', { name: code(place.name) })
    case 'under':
      return t('under {name}', { name: code(place.name) })
    case 'beginning with':
      return t('at names that begin with {name}', { name: code(place.name) })
    case 'of the form':
      return t('at names of the form {name}', { name: code(place.name) })
  }
}
