import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { problem } from "../problem.ts";

export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the provider vouches for. The address counts only where it says that it was verified. */
export interface OpenIdClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly verifiedEmail: string | null;
}

export interface Departure {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Signs people in by an OpenID Connect provider: authorization code with PKCE, state and nonce. The provider is asked for its addresses when first needed. */
export class OpenIdClient {
  readonly #provider: OpenIdProvider;
  #found: Promise<Configuration> | null = null;

  constructor(provider: OpenIdProvider) {
    this.#provider = provider;
  }

  /** Where to send the browser, and what it must come back with. @throws openid_away */
  async depart(redirectUri: string): Promise<Departure> {
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const url = buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: redirectUri,
      scope: "openid email",
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    return { url: url.href, state, nonce, verifier };
  }

  /** Exchanges the code that came back for claims whose signature, audience, nonce and age were checked. @throws openid_refused, openid_away */
  async arrive(
    address: URL,
    expected: { readonly state: string; readonly nonce: string; readonly verifier: string },
  ): Promise<OpenIdClaims> {
    const configuration = await this.#configuration();
    const answered = await authorizationCodeGrant(configuration, address, {
      expectedState: expected.state,
      expectedNonce: expected.nonce,
      pkceCodeVerifier: expected.verifier,
      idTokenExpected: true,
    }).catch((error: Error & { code?: string; error?: string }) => {
      throw problem("openid_refused", { reason: error.error ?? error.code ?? error.message });
    });
    const claims = answered.claims();
    if (!claims) throw problem("openid_refused", { reason: "tanpa id_token / without an id_token" });
    const isVerified = claims.email_verified === true && typeof claims.email === "string";
    return { issuer: claims.iss, subject: claims.sub, verifiedEmail: isVerified ? String(claims.email) : null };
  }

  #configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#provider;
    const address = new URL(issuer);
    // Settings allow plain HTTP on this computer only.
    const options = { timeout: 10, ...(address.protocol === "http:" ? { execute: [allowInsecureRequests] } : {}) };
    this.#found ??= discovery(address, clientId, clientSecret, ClientSecretPost(clientSecret), options).catch(() => {
      this.#found = null;
      throw problem("openid_away", { seconds: 10 });
    });
    return this.#found;
  }
}
