using TypedTasks.Nats.Authentication;

namespace TypedTasks.Nats.Tests.Authentication;

/// <summary>Signing, against the vectors of RFC 8032 (section 7.1), and NATS's spelling of keys.</summary>
public sealed class NKeyTests
{
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Signatures_equal_those_of_the_rfc(string seed, string publicKey, string message, string signature)
    {
        byte[] secret = Convert.FromHexString(seed);

        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKey(secret)));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(secret, Convert.FromHexString(message))));
    }

    [Fact]
    public void A_seed_gives_the_public_key_that_nats_tools_print()
    {
        // From the documentation of NKeys.
        NKeyPair keys = NKeyPair.FromSeed("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY", "test");

        Assert.Equal("UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4", keys.PublicKey);
        Assert.Equal(64, keys.Sign("nonce"u8.ToArray()).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VZ")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYDU3VY")]
    [InlineData("UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4")]
    [InlineData("not base32 at all!")]
    public void A_seed_that_is_none_is_refused_and_not_shown(string seed)
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => NKeyPair.FromSeed(seed, "NatsAuthentication.NKey"));

        Assert.Contains("NatsAuthentication.NKey", error.Message, StringComparison.Ordinal);
        Assert.True(seed.Length == 0 || !error.Message.Contains(seed, StringComparison.Ordinal));
    }

    [Fact]
    public void The_checksum_is_crc16_xmodem() => Assert.Equal(0x31C3, NKeyPair.Crc16("123456789"u8));

    [Fact]
    public void Base32_comes_back_as_it_was()
    {
        for (int length = 0; length < 64; length++)
        {
            byte[] bytes = new byte[length];
            Random.Shared.NextBytes(bytes);
            Assert.Equal(bytes, NKeyPair.Decode(NKeyPair.Encode(bytes)));
        }
    }
}
