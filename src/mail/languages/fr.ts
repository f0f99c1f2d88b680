// The texts of messages in French; form and facts: texts.ts.
import type { MailLanguage } from '../texts.ts'

const where = 'Heure : {at}. Adresse : {address}. Navigateur : {browser}.'
const notYou =
  'Si ce n’était pas vous, changez votre mot de passe sur {accountUrl}, mettez fin aux sessions que vous ne reconnaissez pas et prévenez votre administrateur.'
const byAdministrator = 'Si vous ne vous y attendiez pas, adressez-vous à votre administrateur.'
const ignore = 'Si vous n’avez rien demandé, vous pouvez ignorer ce message : rien n’a changé.'

export const french: MailLanguage = {
  words: {
    totp: 'application d’authentification',
    device: 'appareil MFA',
    passkey: 'clé d’accès',
    allFactors: 'tous, par un administrateur',
    none: 'aucune',
    unknownBrowser: 'navigateur inconnu',
  },
  texts: {
    test: {
      subject: 'Message de test de {organization}',
      body: [
        'L’envoi de messages de {host} fonctionne. Ce message a été envoyé à titre de test par un administrateur.',
      ],
    },
    invitation: {
      subject: 'Votre compte chez {organization}',
      body: [
        'Un compte a été créé pour vous chez {organization}. Votre nom d’utilisateur est {user}.',
        'Choisissez un mot de passe pour l’utiliser. Le lien est valable une seule fois, jusqu’au {until}.',
      ],
      button: 'Choisir un mot de passe',
      after: ['Si vous ne connaissez pas {organization}, vous pouvez ignorer ce message.'],
    },
    'password-link': {
      subject: 'Choisissez un nouveau mot de passe chez {organization}',
      body: [
        'Un administrateur vous envoie un lien pour choisir un nouveau mot de passe pour votre compte {user} chez {organization}.',
        'Le lien est valable une seule fois, jusqu’au {until}. Votre second facteur reste inchangé.',
      ],
      button: 'Choisir un nouveau mot de passe',
      after: [byAdministrator],
    },
    'reset-password': {
      subject: 'Choisissez un nouveau mot de passe chez {organization}',
      body: [
        'Un nouveau mot de passe a été demandé pour votre compte {user} chez {organization}, depuis l’adresse {address} ({browser}).',
        'Le lien est valable une seule fois, jusqu’au {until}. Votre second facteur reste inchangé.',
      ],
      button: 'Choisir un nouveau mot de passe',
      after: [ignore],
    },
    'no-password': {
      subject: 'Connexion à {organization}',
      body: [
        'Un nouveau mot de passe a été demandé pour votre compte {user} chez {organization}. Ce compte n’a pas de mot de passe ici : vous vous connectez par votre organisation ou un autre fournisseur.',
      ],
      after: [ignore],
    },
    'verify-address': {
      subject: 'Confirmez votre adresse e-mail chez {organization}',
      body: [
        'Cette adresse a été indiquée pour le compte {user} chez {organization}. Confirmez qu’elle est bien la vôtre. Le lien est valable une seule fois, jusqu’au {until}, et vous demande de vous connecter.',
      ],
      button: 'Confirmer cette adresse',
      after: [ignore],
    },
    'address-changed': {
      subject: 'Votre adresse e-mail chez {organization} a été modifiée',
      body: [
        'L’adresse e-mail de votre compte {user} chez {organization} est désormais : {newAddress}. Heure : {at}.',
        'Les messages relatifs à votre compte seront envoyés à la nouvelle adresse une fois celle-ci confirmée.',
        byAdministrator,
      ],
    },
    'confirm-registration': {
      subject: 'Terminez la création de votre compte chez {organization}',
      body: [
        'Un compte chez {organization} a été demandé avec cette adresse. Choisissez un mot de passe pour le créer. Le lien est valable une seule fois, jusqu’au {until}.',
      ],
      button: 'Créer le compte',
      after: [ignore],
    },
    'already-registered': {
      subject: 'Vous avez déjà un compte chez {organization}',
      body: [
        'Un compte chez {organization} a été demandé avec cette adresse, mais vous en avez déjà un : {user}.',
        'Connectez-vous sur {signInUrl}. Si vous avez oublié votre mot de passe, vous pouvez y en demander un nouveau.',
      ],
      after: [ignore],
    },
    'new-sign-in': {
      subject: 'Nouvelle connexion à votre compte chez {organization}',
      body: [
        'Votre compte {user} a servi à se connecter chez {organization} depuis un navigateur qui n’avait pas encore été utilisé.',
        where,
        notYou,
      ],
    },
    'password-changed': {
      subject: 'Votre mot de passe chez {organization} a été modifié',
      body: ['Le mot de passe de votre compte {user} chez {organization} a été modifié.', where, notYou],
    },
    'password-set': {
      subject: 'Un administrateur a modifié votre mot de passe chez {organization}',
      body: [
        'Un administrateur a défini un mot de passe pour votre compte {user} chez {organization}. Heure : {at}.',
        byAdministrator,
      ],
    },
    'factor-added': {
      subject: 'Un second facteur a été ajouté à votre compte chez {organization}',
      body: [
        'Un second facteur ({factor}) a été ajouté à votre compte {user} chez {organization}.',
        where,
        notYou,
      ],
    },
    'factor-removed': {
      subject: 'Un second facteur a été retiré de votre compte chez {organization}',
      body: [
        'Un second facteur ({factor}) a été retiré de votre compte {user} chez {organization}.',
        where,
        notYou,
      ],
    },
    'recovery-codes-replaced': {
      subject: 'Nouveaux codes de secours pour votre compte chez {organization}',
      body: [
        'De nouveaux codes de secours ont été créés pour votre compte {user} chez {organization}. Les anciens ne fonctionnent plus.',
        where,
        notYou,
      ],
    },
    'access-key-created': {
      subject: 'Une clé d’accès API a été créée pour votre compte chez {organization}',
      body: [
        'Une clé d’accès API a été créée pour votre compte {user} chez {organization}. Quiconque la possède peut agir en votre nom. Heure : {at}. Adresse : {address}.',
        byAdministrator,
      ],
    },
    'mail-server-changed': {
      subject: 'Le serveur de messagerie de {organization} est en cours de modification',
      body: [
        'Le serveur de messagerie qui envoie les messages de {organization} est en cours de modification. Avant : {before}. Après : {after}.',
        'Par : {who}. Heure : {at}. Adresse : {address}.',
        'Vous recevez ce message parce que vous administrez {organization}. Si vous ne vous attendiez pas à cette modification, vérifiez immédiatement {settingsUrl} : la personne qui exploite le serveur de messagerie peut lire les liens permettant de choisir un nouveau mot de passe.',
      ],
    },
    'access-approved': {
      subject: 'Vous pouvez maintenant prendre le rôle {role} chez {organization}',
      body: [
        'Votre demande pour le rôle {role} chez {organization} a été approuvée. Vous pouvez prendre le rôle jusqu’au {until} ; l’accès prend fin ensuite de lui-même.',
        'Message de l’administration : {answer}',
        'Obtenez des identifiants sur {rolesUrl}.',
      ],
    },
    'access-refused': {
      subject: 'Votre demande pour {role} chez {organization} a été refusée',
      body: [
        'Votre demande pour le rôle {role} chez {organization} a été refusée.',
        'Message de l’administration : {answer}',
      ],
    },
    'access-ended': {
      subject: 'Votre accès à {role} chez {organization} a pris fin',
      body: [
        'L’administration a mis fin à votre accès au rôle {role} chez {organization}. Les identifiants que vous en aviez ne fonctionnent plus.',
        'Vous pouvez le redemander sur {rolesUrl}.',
      ],
    },
  },
}
