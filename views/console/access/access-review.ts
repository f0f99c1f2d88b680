// Who gains and who loses when a policy is attached or detached, or when a person joins or leaves a group.
import { type Fragment, type Html, html } from '../../html.ts'
import { nameSegment } from '../frame/name-segment.ts'
import { facts, textOf } from '../frame/parts.ts'
import { sentences, t, type Words } from '../message.ts'
import { personPath } from '../people/people.ts'
import { type ComparedView, comparedPart } from './policy-editor.ts'

export type AccessReview =
  | { readonly denied: string }
  | {
      readonly compared: readonly ComparedView[]
      /** Whether a permissions boundary limits what the policies allow. */
      readonly bounded: boolean
      /** The first members of a group; undefined when the reader may not know them, and for people and roles. */
      readonly members: { readonly names: readonly string[]; readonly more: boolean } | undefined
    }

/** Whose access changes. */
export interface ChangedHolder {
  readonly kind: 'user' | 'group' | 'role'
  readonly name: string
  /** Of a person who joins or leaves it. */
  readonly group?: string
}

type Named = AccessReview & { readonly holder: ChangedHolder }

const membersOf = ({
  names,
  more,
}: {
  readonly names: readonly string[]
  readonly more: boolean
}): Fragment =>
  names.length === 0
    ? t('Nobody is in the group yet.')
    : t(more ? 'Everybody in the group: {names} and more.' : 'Everybody in the group: {names}.', {
        names: names.map((name, at) => html`${at > 0 && ', '}<a href="${personPath(name)}">${name}</a>`),
      })

function whoOf(p: Named): Fragment {
  const { kind, name } = p.holder
  if (kind === 'user') return html`<a href="${personPath(name)}">${name}</a>`
  if (kind === 'role')
    return t('Whoever becomes the role {role}.', {
      role: html`<a href="/console/workloads/${nameSegment(name)}">${name}</a>`,
    })
  if ('denied' in p || p.members === undefined) return t('Everybody in the group.')
  return membersOf(p.members)
}

function note({ kind, group }: ChangedHolder): Words {
  if (group !== undefined)
    return t(
      'All policies of the person are compared, with those of their groups. Apps that are for members of the group are not.',
    )
  if (kind === 'group') return t('Only the policies of the group are compared; a member may have others.')
  return kind === 'user'
    ? t('All policies of the person are compared, with those of their groups.')
    : t('All policies of the role are compared.')
}

export const accessReview = (p: Named): Html => html`${facts([[t('Affects'), whoOf(p)]])}
${
  'denied' in p
    ? html`<p class="empty">${sentences([t('What changes for them is not shown.'), textOf(p.denied)])}</p>`
    : html`${comparedPart(p.compared)}<p class="note">${p.bounded ? sentences([note(p.holder), t('A permissions boundary limits them further.')]) : note(p.holder)}</p>`
}`
