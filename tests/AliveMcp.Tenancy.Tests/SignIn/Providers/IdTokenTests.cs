using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.SignIn.Providers;

namespace AliveMcp.Tenancy.Tests.SignIn.Providers;

/// <summary>Each test is an attack, but for the first ones.</summary>
public sealed class IdTokenTests : IDisposable
{
    private const string Issuer = "https://login.example.com";
    private const string Client = "alivemcp";
    private const string Nonce = "n-1";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Signer _signer = new();

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public void A_good_token_is_believed(string alg) => Assert.Null(Refusal(_signer.Token(Claims(), alg)));

    [Fact]
    public void A_token_for_several_is_good_when_we_are_its_party()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray(Client, "other");
        claims["azp"] = Client;

        Assert.Null(Refusal(_signer.Token(claims)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("PS256")]
    [InlineData("RS512")]
    [InlineData("")]
    public void An_algorithm_that_is_not_the_key_s_is_refused(string alg) =>
        Assert.NotNull(Refusal(_signer.Token(Claims(), alg)));

    [Fact]
    public void A_token_without_a_signature_is_refused()
    {
        var token = _signer.Token(Claims());

        Assert.NotNull(Refusal(token[..(token.LastIndexOf('.') + 1)]));
    }

    [Fact]
    public void An_RSA_token_that_names_the_EC_key_is_refused() =>
        Assert.NotNull(Refusal(_signer.Token(Claims(), "RS256", kid: "ec-1")));

    [Fact]
    public void An_EC_token_that_names_the_RSA_key_is_refused() =>
        Assert.NotNull(Refusal(_signer.Token(Claims(), "ES256", kid: "rsa-1")));

    [Theory]
    [InlineData("unknown")]
    [InlineData("")]
    [InlineData("../rsa-1")]
    public void A_key_that_the_provider_does_not_have_is_refused(string kid) =>
        Assert.NotNull(Refusal(_signer.Token(Claims(), kid: kid)));

    [Fact]
    public void A_key_of_somebody_else_by_the_same_name_is_refused()
    {
        using var mallory = new Signer();

        Assert.NotNull(Refusal(mallory.Token(Claims())));
        Assert.NotNull(Refusal(mallory.Token(Claims(), "ES256")));
    }

    [Fact]
    public void A_key_that_came_in_the_token_is_not_looked_at()
    {
        using var mallory = new Signer();
        var header = new JsonObject
        {
            ["alg"] = "RS256",
            ["jwk"] = JsonNode.Parse(mallory.KeySet().GetProperty("keys")[0].GetRawText()),
            ["jku"] = "https://evil.example/keys",
            ["kid"] = "rsa-1",
        };
        var token = mallory.Sign(header, Claims().ToJsonString(), "RS256", default);

        Assert.NotNull(Refusal(token));
    }

    [Fact]
    public void Every_changed_letter_of_claims_and_signature_is_noticed()
    {
        var token = _signer.Token(Claims(), "ES256");
        for (var at = token.IndexOf('.', StringComparison.Ordinal) + 1; at < token.Length - 1; at += 7)
        {
            if (token[at] == '.')
            {
                continue;
            }

            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.NotNull(Refusal(changed));
        }
    }

    [Fact]
    public void An_EC_signature_in_the_form_of_other_tools_is_refused() =>
        Assert.NotNull(Refusal(_signer.Token(Claims(), "ES256", form: DSASignatureFormat.Rfc3279DerSequence)));

    [Fact]
    public void An_EC_signature_of_zeros_is_refused()
    {
        var token = _signer.Token(Claims(), "ES256");
        var blank = Base64Url.EncodeToString(new byte[64]);

        Assert.NotNull(Refusal(token[..(token.LastIndexOf('.') + 1)] + blank));
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example\"")]
    [InlineData("iss", "\"https://login.example.com/\"")]
    [InlineData("iss", "null")]
    [InlineData("aud", "\"other\"")]
    [InlineData("aud", "[\"other\"]")]
    [InlineData("aud", "[\"alivemcp\",\"other\"]")]
    [InlineData("aud", "[]")]
    [InlineData("aud", "{}")]
    [InlineData("aud", "null")]
    [InlineData("azp", "\"other\"")]
    [InlineData("nonce", "\"n-2\"")]
    [InlineData("nonce", "null")]
    [InlineData("nonce", "\"\"")]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "7")]
    [InlineData("sub", "null")]
    [InlineData("exp", "0")]
    [InlineData("exp", "\"9999999999\"")]
    [InlineData("exp", "null")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "1e300")]
    [InlineData("iat", "null")]
    [InlineData("iat", "1")]
    [InlineData("iat", "9999999999")]
    [InlineData("nbf", "9999999999")]
    public void A_claim_that_is_not_as_it_must_be_is_refused(string claim, string json)
    {
        var claims = Claims();
        claims[claim] = JsonNode.Parse(json);

        Assert.NotNull(Refusal(_signer.Token(claims)));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("nonce")]
    [InlineData("sub")]
    public void A_claim_that_is_missing_is_refused(string claim)
    {
        var claims = Claims();
        claims.Remove(claim);

        Assert.NotNull(Refusal(_signer.Token(claims)));
    }

    [Theory]
    [InlineData(-119, true)]
    [InlineData(-121, false)]
    public void Clocks_may_differ_by_two_minutes(int seconds, bool isGood)
    {
        var claims = Claims();
        claims["exp"] = Now.AddSeconds(seconds).ToUnixTimeSeconds();

        Assert.Equal(isGood, Refusal(_signer.Token(claims)) is null);
    }

    [Fact]
    public void A_name_that_stands_there_twice_is_refused()
    {
        var json = Claims().ToJsonString();
        var twice = json[..^1] + ",\"sub\":\"mallory\"}";
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa-1" };

        Assert.NotNull(Refusal(_signer.Sign(header, twice, "RS256", default)));
    }

    [Fact]
    public void An_extension_that_must_be_understood_is_refused()
    {
        var header = new JsonObject
        {
            ["alg"] = "RS256",
            ["kid"] = "rsa-1",
            ["crit"] = new JsonArray("b64"),
            ["b64"] = false,
        };

        Assert.NotNull(Refusal(_signer.Sign(header, Claims().ToJsonString(), "RS256", default)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.")]
    [InlineData("W10.W10.AAAA")]
    [InlineData("....")]
    [InlineData("é.é.é")]
    public void What_is_no_token_is_refused(string text) => Assert.NotNull(Refusal(text));

    [Fact]
    public void A_token_that_is_too_long_is_refused_before_it_is_read()
    {
        var claims = Claims();
        claims["pad"] = new string('x', 20_000);

        Assert.Equal("The id_token is too long.", Refusal(_signer.Token(claims)));
    }

    [Fact]
    public void A_token_nested_a_thousand_deep_is_refused()
    {
        var deep = new string('[', 1000) + new string(']', 1000);
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa-1" };
        var claims = Claims().ToJsonString()[..^1] + $",\"x\":{deep}}}";

        Assert.NotNull(Refusal(_signer.Sign(header, claims, "RS256", default)));
    }

    [Fact]
    public void Keys_that_are_not_for_signing_too_short_or_off_their_curve_are_left_out()
    {
        Assert.Equal(["ec-1"], SigningKey.ReadSet(_signer.KeySet(rsaUse: "enc")).Select(key => key.Id));
        using var small = RSA.Create(1024);
        var weak = small.ExportParameters(false);
        var set = new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["n"] = Base64Url.EncodeToString(weak.Modulus),
                    ["e"] = "AQAB",
                },
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(new byte[32]),
                    ["y"] = Base64Url.EncodeToString(new byte[32]),
                },
                new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" },
                new JsonObject { ["kty"] = "RSA" }
            ),
        };

        Assert.Empty(SigningKey.ReadSet(JsonDocument.Parse(set.ToJsonString()).RootElement));
    }

    public void Dispose() => _signer.Dispose();

    /// <summary>Why it is not believed; null: it is.</summary>
    private string? Refusal(string text)
    {
        try
        {
            var token = IdToken.Read(text);
            token.CheckSignature(SigningKey.ReadSet(_signer.KeySet()));
            token.CheckClaims(Issuer, Client, Nonce, Now);
            return null;
        }
        catch (ProviderFaultException fault)
        {
            Assert.DoesNotContain(text.Length > 20 ? text : "\u0000", fault.Message, StringComparison.Ordinal);
            return fault.Message;
        }
    }

    private static JsonObject Claims() =>
        new()
        {
            ["iss"] = Issuer,
            ["aud"] = Client,
            ["sub"] = "248289761001",
            ["nonce"] = Nonce,
            ["iat"] = Now.ToUnixTimeSeconds(),
            ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
        };
}
