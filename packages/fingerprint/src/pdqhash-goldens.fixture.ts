/**
 * Hashes that somebody else computed: PyPI `pdqhash` 0.2.8 (the binding to PDQ's C++ reference) over our landscapes.
 *
 * Each entry: seed, width and height of the landscape; quality and the eight hashes of `pdqhash.compute_dihedral`, in
 * its order (original, rot90, rot180, rot270, flipX, flipY, flipPlus1, flipMinus1).
 * @module
 */

/** One picture and what `pdqhash` makes of it. */
export type PdqhashGolden = {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly hashes: readonly string[];
};

/** The pictures: square, photograph-shaped, odd sides, exactly 64×64, a strip, and smaller than 64. */
export const PDQHASH_GOLDENS: readonly PdqhashGolden[] = [
  {
    seed: 1,
    width: 512,
    height: 512,
    quality: 100,
    hashes: [
      '89c3c1848c53eee18f5a3e157e2c261a3f2cb1d63183090bf4997c59fe6876f2',
      'f84aadf007eff910be92c0701f83370fd06847b81283d3b20b9eb93fa9714bc3',
      'd4966b2e5906044bda0f94bf2b798ca06a791b7c64d6a3a1a1ccd2f32b3ddc58',
      '8d1d075a52ba53b2ebc36a5a4ad69da5853ced1247d658185ecb1395fc24e169',
      '89c33e7b0c43311e8f5ac1ea7e2cd9e53b2c4e293183f6f4e49983a67e68890d',
      'dc9694d1d9069bb4da0f6b402b79735f6a79e48364d65c5ea1cc210cab3d2327',
      'f84a520f17ef06efbe963f8f1f83c8f0d069b84712832d4d0b9e46c0a971b43c',
      '8d1de8a542baac456bc395214ad6625a853c12ed47d686e75ecbec6afc241e96',
    ],
  },
  {
    seed: 2,
    width: 320,
    height: 240,
    quality: 100,
    hashes: [
      '159f934b7e861c0010f0a1707f8f1e8fc267e07295818f876e6ffc1fb97130f0',
      '44f6dd33264f04d8331e4ec3639839cdab31f3341dcb73b8c30c5c63e3dc3c41',
      'c0ca39e72bd3b6aa65a54bda2edab42597324ad8c0d4252d3b3a56b5ec249a5a',
      '11a37399731aae72664ba46936cd93675e64199e089ed9129659b6c9b689966b',
      '151f68907e06e3df10f01e8f7b8fe150c2661f8d958170786e6f03e0b971cf0f',
      '40cac65e2bd3497545a5f4252eda4bfa9732b527c0d4dad23b3aa94aec2465a5',
      '44f622cc264ffb27331eb33c6398c632ab314ccb0ccb8c47c30ca39ce3dcc3be',
      '91a38c667b1a518d664b1b9636cd6c98fe64e661599e26ed96594936f6896914',
    ],
  },
  {
    seed: 3,
    width: 1001,
    height: 667,
    quality: 100,
    hashes: [
      'c32df916547b5bdd8b022f0f1bb9243f7c185e5aec9aa38e07890326252dba27',
      'c831071f45b38c3e56e19a158e5d21e11238cfbfa3078c1fb7fa0ae86d7548f4',
      '967853bc812ef177de5785a54eec9e95294df4f0b9cf092452dca98c7078108d',
      'bd64adb510e627942bb470bfdb088b4b476d6d15f65226b5e2afa05238a0e25e',
      'c32d06e9dc7fa622cb42d0f01bb9dbc07c1aa1a5ec9a5c750789fcd9252d45d8',
      '9678a843012a0c8896577a5a4eec616a294d0b0fb9cff6db52dc56737078ef72',
      'c831f0e045b372c15ee125ea9e5dde1e12383040a30773e0b7fad5176d75b70b',
      'bd645a4a10e6d96b0bb48f40cb0874b4476d9aeaf652d94ae2af7fbd38201da1',
    ],
  },
  {
    seed: 4,
    width: 64,
    height: 64,
    quality: 100,
    hashes: [
      '9f34f174bda69136b4279d2521cd85dba87845d2131ada76100ad3b8ae7cc4ee',
      'e597ffae6a800bcb249252bd8036099b2344bc3dfc972e0903af01ec1979f0ff',
      'c2611bdee8f13b9c4172278f74902e71fd2def78444f709c455f3912db296a04',
      'b8c255043fd5ad6971c7f817d563a33176111697a9c284a356fbab466c2c5a55',
      '97344e8bbda6eec9b42772da21cd7b24a878ba2d131a25c9100a6c478e7c3fd9',
      'c261e421e8f144637172c8707498d18efd2d1087464f8f63555fc6eddb29957b',
      'fd9740556a82fc3ca492ad438036f764234543d3fc97d1f603affe1339790f00',
      'a0c2aafb37d5529671c707e8d5435cce7610e968a9c27b5c54fa54b94c2ca5aa',
    ],
  },
  {
    seed: 5,
    width: 5,
    height: 300,
    quality: 100,
    hashes: [
      '9b269b269b6693e46e5bc4f16c5be4b96c5bc4f16cd981e03b0e91a43b0e91a4',
      'f555f00f0aaa0ff0eaaaf01fe80a0fe01575c10ff555f00f0baa0ff0ea8af01f',
      'ce73318c4e33394e3b0e6e5b390e4e13390e4e5b318c2b4a6e5b3b0e6e5b390e',
      '800052855ebfa55abfdf5ab58d5ea54a40204ba5a00052855effa55abfdf5ab5',
      '9b2664d919266c1b2e4b3b0e6c5b1b466c5b1b0e24c93e0f3b0e6e5b3b0e6c5b',
      'ce73ce73ce33c4b13b0e91a4390e91ec390e91a4398c94a56e5bc4f16e5bc4f1',
      'f5550fe00baaf00feaaa0fe0f80af01f15753ef0f5550fe00baaf00fea8a0fe0',
      '8000a54a5ebf5aa5bfdfa54aad5e5ab54020945aa000a54a5eff5aa5bfdfa54a',
    ],
  },
  {
    seed: 6,
    width: 129,
    height: 97,
    quality: 100,
    hashes: [
      '345cf13a649fc5e85ae3638db3669a03891de5b2c69e48dbcb5425137650f926',
      '53e98384e64734fcb9d94f990f2aa9327c7061e55a491f01f4b059566b75926b',
      '69095b9139ca7f420fb6c967e6b334b9dc48471893cbe6719e218fb92385538c',
      '06bc292eb3129e56ec8ce5335a7f03982925cb4f0f14b5aba1e5f3fc3e2038e1',
      '3c5c0e446c9f32175ae39c32b36665fc891d124dc69fb724cb54daec765006d9',
      '6909a4ee39ca98bd0fb63698e633cf56dc48b8e793cb1d8e9e2170462305ac73',
      '53e97c7be647cb030999b0660f2a56cd3c709a1a5a41e0fef4b0a6a96b752d94',
      '06bcd6d1b31271a9fc8c1bdc5a7ffc676b2734b00f1c4b54a1e50c033e20c73e',
    ],
  },
  {
    seed: 7,
    width: 40,
    height: 31,
    quality: 100,
    hashes: [
      '846d56e74e98ec19c9e0d1b9e41fbc6d06c766dc6fdacd5bc808c803987690e6',
      '9f9f818313e0bafc393e0c0f60e0f3cf6ce1360ccd03c98db7783c3c42b7286b',
      'd1389c4d1bcd46b19cb56b13914a16c75392cc763a8f67f19d5d62a9c9233a4c',
      'daca6b29c7b514566c6ba6a735b5596539b49ca698566327e22d969617e282c1',
      'a46de9184e9893e6c9e03e46e41f6392a6c799236fda32a4c80837fc9c766f19',
      'd13803b21bcdb94c9cb584ecb14ae938f39233893a8f980e9d5d9d56cd23c5b3',
      '9f1f7e7c13604503393ef3f060e00c306ce1c9f3cd033672b778c3c342b7d794',
      'ca4a94d60435eba96c6b595835b5a69a39b4635998569cd8e22d696907e27d3e',
    ],
  },
];
