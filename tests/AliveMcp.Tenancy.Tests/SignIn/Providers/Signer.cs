using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AliveMcp.Tenancy.Tests.SignIn.Providers;

/// <summary>A provider's keys, and tokens signed with them, good ones and bad ones.</summary>
internal sealed class Signer : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string RsaId { get; init; } = "rsa-1";

    public string EcId { get; init; } = "ec-1";

    public RSA Rsa => _rsa;

    public ECDsa Ec => _ec;

    public JsonElement KeySet(string? rsaUse = "sig")
    {
        var (rsa, ec) = (_rsa.ExportParameters(false), _ec.ExportParameters(false));
        var set = new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["kid"] = RsaId,
                    ["use"] = rsaUse,
                    ["n"] = Base64Url.EncodeToString(rsa.Modulus),
                    ["e"] = Base64Url.EncodeToString(rsa.Exponent),
                },
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["kid"] = EcId,
                    ["alg"] = "ES256",
                    ["x"] = Base64Url.EncodeToString(ec.Q.X),
                    ["y"] = Base64Url.EncodeToString(ec.Q.Y),
                }
            ),
        };
        return JsonDocument.Parse(set.ToJsonString()).RootElement;
    }

    public string Token(JsonObject claims, string alg = "RS256", string? kid = null, DSASignatureFormat? form = null)
    {
        var header = new JsonObject
        {
            ["alg"] = alg,
            ["typ"] = "JWT",
            ["kid"] = kid ?? (alg == "ES256" ? EcId : RsaId),
        };
        return Sign(header, claims.ToJsonString(), alg, form ?? DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public string Sign(JsonObject header, string claims, string alg, DSASignatureFormat form)
    {
        var signed = $"{Part(header.ToJsonString())}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = alg switch
        {
            "RS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "RS512" => _rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "ES256" => _ec.SignData(bytes, HashAlgorithmName.SHA256, form),
            // The classic confusion: the public key taken for a shared secret.
            "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes),
            _ => [],
        };
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
