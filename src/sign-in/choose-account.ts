// The account chooser (OIDC Core §3.1.2.1, `prompt=select_account`). A browser is signed in to one account at a time, so
// using another account means signing in again within this interaction.
import type { Context } from 'koa'
import { chooseAccountPage } from '../../views/choose-account-page.ts'
import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import type { Interaction } from '../oidc/edge.ts'
import type { SignInDependencies } from './request.ts'

const choiceNote = 'account'

/** Whether this interaction must show the account chooser now. */
export const mustChooseAccount = ({ ask, notes }: Pick<Interaction, 'ask' | 'notes'>): boolean =>
  ask === 'select-account' && notes.get(choiceNote) === undefined

/** @param target the form target for each of the two answers */
export const accountChooser = (
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

/** Handles an answer to the chooser. For `continue` the response has been written. */
export async function submitChoice(
  ctx: Context,
  { interactions }: Pick<SignInDependencies, 'interactions'>,
  interaction: Interaction,
  answer: 'continue' | 'another',
): Promise<'answered' | 'sign-in'> {
  if (answer === 'continue') {
    await interactions.keepAccount(ctx)
    return 'answered'
  }
  await interactions.note(interaction, choiceNote, 'another')
  return 'sign-in'
}
