// The chooser of accounts (OIDC Core §3.1.2.1, `prompt=select_account`). A browser has one account at a time: to use another
// one is to sign in again, in this interaction.
import type { Context } from 'koa'
import { chooseAccountPage } from '../../views/choose-account-page.ts'
import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import type { Interaction } from '../oidc/edge.ts'
import type { SignInParts } from './visit.ts'

const chosenNote = 'account'

/** Whether the chooser is what this interaction shows now. */
export const mustChoose = ({ ask, notes }: Pick<Interaction, 'ask' | 'notes'>): boolean =>
  ask === 'select-account' && notes.get(chosenNote) === undefined

/** @param target makes the form of one answer */
export const choosePage = (
  interaction: Interaction,
  user: string,
  target: (answer: 'continue' | 'another') => FormTarget,
): Page =>
  chooseAccountPage({
    user,
    clientName: interaction.client?.name ?? '',
    same: target('continue'),
    other: target('another'),
  })

/** Takes an answer of the chooser. Writes the response for `continue`. */
export async function takeChoice(
  ctx: Context,
  { interactions }: Pick<SignInParts, 'interactions'>,
  interaction: Interaction,
  answer: 'continue' | 'another',
): Promise<'answered' | 'sign-in'> {
  if (answer === 'continue') {
    await interactions.keepAccount(ctx)
    return 'answered'
  }
  await interactions.note(interaction, chosenNote, 'another')
  return 'sign-in'
}
