// SPDX-License-Identifier: MIT
// Answers the questions of the differential tests with npm packages: one JSON array a line in, one
// JSON object a line out. Packages are those of the folder it is started in.
'use strict';
const path = require('node:path');
const readline = require('node:readline');
const fromHere = require('node:module').createRequire(path.join(process.cwd(), 'here.js'));

const loaded = new Map();
function load(name) {
  if (!loaded.has(name)) loaded.set(name, fromHere(name));
  return loaded.get(name);
}
const octets = (text) => Buffer.from(text, 'hex');
const hex = (data) => Buffer.from(data).toString('hex');
const trim = (text) => (text.startsWith('0x') ? text.slice(2) : text);

let walletCore;
async function core() {
  walletCore ??= await load('@trustwallet/wallet-core').initWasm();
  return walletCore;
}

function wordList(language) {
  return load(`@scure/bip39/wordlists/${language}`).wordlist;
}


const functions = {
  // @scure/bip39
  sentence: (language, entropy) =>
      load('@scure/bip39').entropyToMnemonic(octets(entropy), wordList(language)),
  sentenceIsValid: (language, sentence) =>
      load('@scure/bip39').validateMnemonic(sentence, wordList(language)),
  seed: (sentence, passphrase) =>
      hex(load('@scure/bip39').mnemonicToSeedSync(sentence, passphrase)),

  // @scure/bip32
  privateChild: (seed, path, versions) => {
    const key = load('@scure/bip32').HDKey.fromMasterSeed(octets(seed), versions).derive(path);
    return [key.privateExtendedKey, key.publicExtendedKey, key.fingerprint];
  },
  publicChild: (xpub, path) =>
      load('@scure/bip32').HDKey.fromExtendedKey(xpub).derive(path).publicExtendedKey,
};

Object.assign(functions, {
  // bitcoinjs-lib: `network` has bech32, pubKeyHash and scriptHash.
  bitcoinAddress: (form, key, network) => {
    const bitcoin = load('bitcoinjs-lib');
    bitcoin.initEccLib(load('@bitcoinerlab/secp256k1'));
    const {p2pkh, p2sh, p2wpkh, p2tr} = bitcoin.payments;
    const pubkey = octets(key);
    const payments = {
      P2PKH: () => p2pkh({pubkey, network}),
      P2SH_P2WPKH: () => p2sh({redeem: p2wpkh({pubkey, network}), network}),
      P2WPKH: () => p2wpkh({pubkey, network}),
      P2TR: () => p2tr({internalPubkey: pubkey.subarray(1), network}),
    };
    return payments[form]().address;
  },
  multisigAddress: (form, threshold, keys, network) => {
    const {p2ms, p2sh, p2wsh} = load('bitcoinjs-lib').payments;
    const redeem = p2ms({m: threshold, pubkeys: keys.map(octets), network});
    return (form === 'P2SH' ? p2sh : p2wsh)({redeem, network}).address;
  },

  cashAddress: (prefix, hash) =>
      load('cashaddrjs').encode(prefix, 'P2PKH', new Uint8Array(octets(hash))),

  // ethers, @rsksmart/rsk-utils, tronweb, ripple-address-codec
  evmAddress: (key) => load('ethers').computeAddress('0x' + key),
  chainChecksum: (address, chainId) =>
      load('@rsksmart/rsk-utils').toChecksumAddress(address.toLowerCase(), chainId),
  tronHex: (address) => load('tronweb').TronWeb.address.toHex(address),
  xAddress: (accountId, tag, isTest) =>
      load('ripple-address-codec').encodeXAddress(octets(accountId), tag ?? false, isTest),

  // @trustwallet/wallet-core
  coinAddress: async (coin, key, prefix) => {
    const {AnyAddress, CoinType, PublicKey, PublicKeyType} = await core();
    const isEd25519 = ['solana', 'stellar'].includes(coin);
    let made = PublicKey.createWithData(octets(isEd25519 ? key.slice(2) : key),
        isEd25519 ? PublicKeyType.ed25519 : PublicKeyType.secp256k1);
    if (!isEd25519 && ['tron', 'nativeInjective'].includes(coin)) {
      made = made.uncompressed();
    }
    const address = prefix
        ? AnyAddress.createBech32WithPublicKey(made, CoinType[coin], prefix)
        : AnyAddress.createWithPublicKey(made, CoinType[coin]);
    return address.description();
  },
  coinTakes: async (coin, text, prefix) => {
    const {AnyAddress, CoinType} = await core();
    return prefix ? AnyAddress.isValidBech32(text, CoinType[coin], prefix)
                  : AnyAddress.isValid(text, CoinType[coin]);
  },
  walletAddress: async (sentence, passphrase, coin, derivation) => {
    const {HDWallet, CoinType, Derivation} = await core();
    const wallet = HDWallet.createWithMnemonic(sentence, passphrase);
    const address = wallet.getAddressDerivation(CoinType[coin], Derivation[derivation]);
    wallet.delete();
    return address;
  },
});

Object.assign(functions, {
  // ethers
  signPersonal: (key, message) =>
      trim(new (load('ethers').Wallet)('0x' + key).signMessageSync(octets(message))),
  recoverPersonal: (message, signature) =>
      load('ethers').verifyMessage(octets(message), '0x' + signature),
  hashTyped: (domain, types, primary, message) => {
    const {TypedDataEncoder} = load('ethers');
    return [
      TypedDataEncoder.hashDomain(domain),
      TypedDataEncoder.from(types).hashStruct(primary, message),
      TypedDataEncoder.hash(domain, types, message),
    ].map(trim);
  },
  signTyped: async (key, domain, types, message) =>
      trim(await new (load('ethers').Wallet)('0x' + key).signTypedData(domain, types, message)),

  // tronweb, @trustwallet/wallet-core
  signTron: (key, text) => trim(load('tronweb').utils.message.signMessage(text, key)),
  recoverTron: (text, signature) =>
      load('tronweb').utils.message.verifyMessage(text, '0x' + signature),
  coreSignTron: async (key, text) => {
    const {PrivateKey, TronMessageSigner} = await core();
    return trim(TronMessageSigner.signMessage(PrivateKey.createWithData(octets(key)), text));
  },
});

Object.assign(functions, {
  // @noble/curves
  signSchnorr: (message, key, auxiliary) => hex(
      load('@noble/curves/secp256k1').schnorr.sign(octets(message), octets(key), octets(auxiliary))),
  verifySchnorr: (signature, message, key) =>
      load('@noble/curves/secp256k1').schnorr.verify(octets(signature), octets(message),
          octets(key)),
  signEd25519: (message, key) =>
      hex(load('@noble/curves/ed25519').ed25519.sign(octets(message), octets(key))),
  verifyEd25519: (signature, message, key) =>
      load('@noble/curves/ed25519').ed25519.verify(octets(signature), octets(message),
          octets(key), {zip215: false}),
  signEcdsa: (curve, digest, key) =>
      load(`@noble/curves/${curve}`)[curve].sign(octets(digest), octets(key), {lowS: true})
          .toCompactHex(),
  verifyEcdsa: (curve, signature, digest, key) =>
      load(`@noble/curves/${curve}`)[curve].verify(octets(signature), octets(digest),
          octets(key), {lowS: curve === 'secp256k1'}),
});

Object.assign(functions, {
  // bitcoinjs-message, bip322-js
  signLegacy: (message, key, segwitType) =>
      load('bitcoinjs-message').sign(message, octets(key), true, segwitType ? {segwitType} : {})
          .toString('base64'),
  verifyLegacy: (message, address, signature) =>
      load('bitcoinjs-message').verify(message, address, signature),
  signGeneric: (wif, address, message) => load('bip322-js').Signer.sign(wif, address, message),
  verifyGeneric: (message, address, signature) =>
      load('bip322-js').Verifier.verifySignature(address, message, signature),

  // bip38
  bip38Encrypt: (key, compressed, passphrase) =>
      load('bip38').encrypt(octets(key), compressed, passphrase),
  bip38Decrypt: (text, passphrase) => {
    const {privateKey, compressed} = load('bip38').decrypt(text, passphrase);
    return [hex(privateKey), compressed];
  },

  // ethers: Web3 keystores
  sealKeystore: (key, password, cost) => {
    const {computeAddress, encryptKeystoreJsonSync} = load('ethers');
    const privateKey = '0x' + key;
    return encryptKeystoreJsonSync({address: computeAddress(privateKey), privateKey}, password,
        {scrypt: {N: cost, r: 8, p: 1}});
  },
  openKeystore: (text, password) =>
      trim(load('ethers').decryptKeystoreJsonSync(text, password).privateKey),

  // slip39
  split: (secret, passphrase, threshold, groups, exponent, extendable) => {
    const shares = load('slip39').fromArray([...octets(secret)], {passphrase, threshold, groups,
      iterationExponent: exponent, extendableBackupFlag: extendable ? 1 : 0});
    return groups.map(([, count], group) => Array.from({length: count},
        (_, member) => shares.fromPath(`r/${group}/${member}`).mnemonics[0]));
  },
  combine: (shares, passphrase) => hex(load('slip39').recoverSecret(shares, passphrase)),
});

async function answer(line) {
  const [name, ...args] = JSON.parse(line);
  try {
    return {value: await functions[name](...args)};
  } catch (error) {
    return {error: String(error)};
  }
}

(async () => {
  for await (const line of readline.createInterface({input: process.stdin})) {
    process.stdout.write(JSON.stringify(await answer(line)) + '\n');
  }
})();
