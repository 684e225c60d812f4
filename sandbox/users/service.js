// A user pool over HTTP: what Amplify's client asks of Cognito to sign up, in and out.
//
// Factors besides the password are not asked for, and nothing is sent to anybody: codes are said
// to whoever runs the backend.
import { randomBytes } from 'node:crypto';
import { received } from '../http.js';
import { exchange, isPassword, isProof, padded } from './srp.js';
import { tokensOf } from './tokens.js';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {import('./directory.js').User} User */
/** @typedef {import('./directory.js').Users} Users */
/** @typedef {(line: string) => void} Log */
/** @typedef {Record<string, any>} Json */

/**
 * What is asked of a password.
 * @typedef {{min_length: number, require_lowercase: boolean, require_numbers: boolean,
 *   require_symbols: boolean, require_uppercase: boolean}} PasswordPolicy
 */

const PREFIX = 'AWSCognitoIdentityProviderService.';
const CLASSES = /** @type {const} */ ([
  ['require_lowercase', /[a-z]/, 'lowercase characters'],
  ['require_uppercase', /[A-Z]/, 'uppercase characters'],
  ['require_numbers', /[0-9]/, 'numeric characters'],
  ['require_symbols', /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, 'symbol characters'],
]);
const SESSION_SECONDS = 180;

/** Something that Cognito answers with an error. */
class Refused extends Error {
  /**
   * @param {string} type
   * @param {string} message
   */
  constructor(type, message) {
    super(message);
    this.type = type;
  }
}

/** @returns {Refused} the same whether the name or the password is wrong */
function wrong() {
  return new Refused('NotAuthorizedException', 'Incorrect username or password.');
}

export class UserPool {
  /** @type {Map<string, {user: User, exchange: import('./srp.js').Exchange, ends: number}>} */
  #exchanges = new Map();

  /**
   * @param {Users} users
   * @param {PasswordPolicy} policy
   * @param {Log} log Takes what would have been sent to a user.
   */
  constructor(users, policy, log) {
    this.users = users;
    this.policy = policy;
    this.log = log;
  }

  /**
   * If a request is for a user pool.
   * @param {Incoming} request
   */
  has({ headers }) {
    return String(headers['x-amz-target'] ?? '').startsWith(PREFIX);
  }

  /**
   * @param {Incoming} request
   * @param {Outgoing} response
   */
  async answer(request, response) {
    const name = String(request.headers['x-amz-target']).slice(PREFIX.length);
    const asked = JSON.parse((await received(request, 1)).toString() || '{}');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      const operation = Object.hasOwn(this.#operations, name) ? this.#operations[name] : undefined;
      if (!operation) throw new Refused('InvalidAction', `${name} is not known here`);
      const result = JSON.stringify(operation(asked) ?? {});
      response.writeHead(200).end(result);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { type, message } = error;
      response.writeHead(400, { 'x-amzn-errortype': type });
      response.end(JSON.stringify({ __type: type, message }));
    }
  }

  /**
   * Adds somebody who can sign in at once, or gives them these groups.
   * @param {string} name Their address, or the part of it before the `@`.
   * @param {string[]} groups
   * @param {string} password
   * @returns {User}
   */
  admit(name, groups, password) {
    const email = name.includes('@') ? name : `${name}@example.com`;
    const user = this.users.find(email) ?? this.users.add({ email }, password);
    user.groups = groups;
    this.#confirm(user);
    return user;
  }

  /** @type {Record<string, (asked: Json) => Json | void>} */
  #operations = {
    SignUp: ({ Username, Password, UserAttributes = [] }) => {
      const attributes = attributesOf(UserAttributes);
      const name = String(Username).includes('@') ? 'email' : 'phone_number';
      if (!Object.values(attributes).includes(Username)) attributes[name] = Username;
      if (this.users.find(Username)) {
        throw new Refused('UsernameExistsException', 'User already exists');
      }
      this.#checkPassword(Password);
      const user = this.users.add(attributes, Password);
      return { UserConfirmed: false, UserSub: user.sub, ...this.#send(user) };
    },
    ConfirmSignUp: ({ Username, ConfirmationCode }) => {
      const user = this.#known(Username);
      if (user.confirmed) {
        throw new Refused('NotAuthorizedException', 'User cannot be confirmed.');
      }
      this.#use(user, ConfirmationCode);
      this.#confirm(user);
    },
    ResendConfirmationCode: ({ Username }) => this.#send(this.#known(Username)),
    InitiateAuth: ({ AuthFlow, AuthParameters }) => this.#begin(AuthFlow, AuthParameters),
    RespondToAuthChallenge: ({ ChallengeName, ChallengeResponses }) => {
      if (ChallengeName !== 'PASSWORD_VERIFIER') throw unsupported(ChallengeName);
      return this.#proven(ChallengeResponses);
    },
    GetTokensFromRefreshToken: ({ RefreshToken }) => this.#refreshed(RefreshToken),
    RevokeToken: ({ Token }) => this.users.revoke(Token),
    GlobalSignOut: ({ AccessToken }) => this.users.signOut(this.#signedIn(AccessToken)),
    GetUser: ({ AccessToken }) => {
      const user = this.#signedIn(AccessToken);
      const attributes = Object.entries(user.attributes);
      return {
        Username: user.sub,
        UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
      };
    },
    UpdateUserAttributes: ({ AccessToken, UserAttributes }) => {
      Object.assign(this.#signedIn(AccessToken).attributes, attributesOf(UserAttributes));
      this.users.save();
      return { CodeDeliveryDetailsList: [] };
    },
    DeleteUserAttributes: ({ AccessToken, UserAttributeNames }) => {
      const { attributes } = this.#signedIn(AccessToken);
      for (const name of UserAttributeNames) delete attributes[name];
      this.users.save();
    },
    GetUserAttributeVerificationCode: ({ AccessToken }) => this.#send(this.#signedIn(AccessToken)),
    VerifyUserAttribute: ({ AccessToken, AttributeName, Code }) => {
      const user = this.#signedIn(AccessToken);
      this.#use(user, Code);
      user.attributes[`${AttributeName}_verified`] = 'true';
      this.users.save();
    },
    ForgotPassword: ({ Username }) => this.#send(this.#known(Username)),
    ConfirmForgotPassword: ({ Username, ConfirmationCode, Password }) => {
      const user = this.#known(Username);
      this.#checkPassword(Password);
      this.#use(user, ConfirmationCode);
      this.users.setPassword(user, Password);
      this.#confirm(user);
    },
    ChangePassword: ({ AccessToken, PreviousPassword, ProposedPassword }) => {
      const user = this.#signedIn(AccessToken);
      if (!this.#isPassword(user, PreviousPassword)) throw wrong();
      this.#checkPassword(ProposedPassword);
      this.users.setPassword(user, ProposedPassword);
    },
    DeleteUser: ({ AccessToken }) => this.users.remove(this.#signedIn(AccessToken)),
  };

  /**
   * @param {string} flow
   * @param {Json} given
   * @returns {Json}
   */
  #begin(flow, given) {
    if (flow === 'REFRESH_TOKEN_AUTH' || flow === 'REFRESH_TOKEN') {
      return this.#refreshed(given.REFRESH_TOKEN);
    }
    const user = this.users.find(String(given.USERNAME));
    if (!user) throw wrong();
    if (flow === 'USER_PASSWORD_AUTH') {
      if (!this.#isPassword(user, given.PASSWORD)) throw wrong();
      return this.#enter(user);
    }
    if (flow !== 'USER_SRP_AUTH') throw unsupported(flow);
    const begun = exchange(String(given.SRP_A), user.secret);
    if (!begun) throw wrong();
    const block = randomBytes(48).toString('base64');
    this.#forget();
    this.#exchanges.set(block, {
      user,
      exchange: begun,
      ends: Date.now() + SESSION_SECONDS * 1000,
    });
    return {
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SALT: user.secret.salt,
        SECRET_BLOCK: block,
        SRP_B: padded(begun.B),
        USERNAME: user.sub,
        USER_ID_FOR_SRP: user.sub,
      },
    };
  }

  /** Forgets exchanges that nobody ended. */
  #forget() {
    for (const [block, { ends }] of this.#exchanges) {
      if (ends < Date.now()) this.#exchanges.delete(block);
    }
  }

  /**
   * @param {Json} given
   * @returns {Json}
   */
  #proven(given) {
    const block = String(given.PASSWORD_CLAIM_SECRET_BLOCK);
    const begun = this.#exchanges.get(block);
    this.#exchanges.delete(block);
    if (!begun || begun.ends < Date.now()) throw wrong();
    const { user } = begun;
    const signed = [
      Buffer.from(this.users.pool + user.sub),
      Buffer.from(block, 'base64'),
      Buffer.from(String(given.TIMESTAMP)),
    ];
    const signature = String(given.PASSWORD_CLAIM_SIGNATURE);
    if (!isProof(begun.exchange, user.secret, signed, signature)) throw wrong();
    return this.#enter(user);
  }

  /** @param {User} user */
  #enter(user) {
    if (!user.confirmed) {
      throw new Refused('UserNotConfirmedException', 'User is not confirmed.');
    }
    const RefreshToken = this.users.signIn(user);
    return { AuthenticationResult: { ...tokensOf(user), RefreshToken }, ChallengeParameters: {} };
  }

  /** @param {string} token */
  #refreshed(token) {
    const user = this.users.bearer(token);
    if (!user) throw new Refused('NotAuthorizedException', 'Refresh Token has been revoked');
    return { AuthenticationResult: tokensOf(user), ChallengeParameters: {} };
  }

  /**
   * @param {User} user
   * @param {string} password
   */
  #isPassword(user, password) {
    return isPassword(this.users.pool + user.sub, password, user.secret);
  }

  /** @param {string} name */
  #known(name) {
    const user = this.users.find(String(name));
    if (user) return user;
    throw new Refused('UserNotFoundException', 'Username/client id combination not found.');
  }

  /** @param {string} token */
  #signedIn(token) {
    const sub = subOf(String(token));
    const user = this.users.all().find((one) => one.sub === sub);
    if (user) return user;
    throw new Refused('NotAuthorizedException', 'Access Token has been revoked');
  }

  /** @param {User} user */
  #send(user) {
    const { email, phone_number: phone } = user.attributes;
    const Destination = email ?? phone ?? user.sub;
    this.log(`The code for ${Destination} is ${this.users.code(user)}.`);
    const [AttributeName, DeliveryMedium] = email ? ['email', 'EMAIL'] : ['phone_number', 'SMS'];
    return { CodeDeliveryDetails: { AttributeName, DeliveryMedium, Destination } };
  }

  /**
   * @param {User} user
   * @param {string} code
   */
  #use(user, code) {
    if (user.code === null || user.code !== code) {
      const message = 'Invalid verification code provided, please try again.';
      throw new Refused('CodeMismatchException', message);
    }
    user.code = null;
  }

  /** @param {User} user */
  #confirm(user) {
    const { attributes } = user;
    user.confirmed = true;
    if (attributes.email) attributes.email_verified = 'true';
    else if (attributes.phone_number) attributes.phone_number_verified = 'true';
    this.users.save();
  }

  /** @param {string} password */
  #checkPassword(password) {
    const { policy } = this;
    const lack = CLASSES.find(([rule, letters]) => policy[rule] && !letters.test(password));
    const short = String(password).length < policy.min_length ? 'Password not long enough' : null;
    const message = short ?? (lack && `Password must have ${lack[2]}`);
    if (!message) return;
    const type = 'InvalidPasswordException';
    throw new Refused(type, `Password did not conform with policy: ${message}`);
  }
}

/** @param {string} kind */
function unsupported(kind) {
  return new Refused('InvalidParameterException', `${kind} is not known here`);
}

/** @param {{Name: string, Value: string}[]} given */
function attributesOf(given) {
  return Object.fromEntries(given.map(({ Name, Value }) => [Name, Value]));
}

/** @param {string} token */
function subOf(token) {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
  } catch {
    return undefined;
  }
}
