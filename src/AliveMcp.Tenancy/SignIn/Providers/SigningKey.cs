using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>A public key of a provider's JSON Web Key Set (RFC 7517), and the one algorithm that it is good for.</summary>
internal sealed record SigningKey
{
    private const int ShortestModulus = 256;
    private const int CoordinateBytes = 32;

    /// <summary>Null: the key has no name.</summary>
    public required string? Id { get; init; }

    /// <summary><c>RS256</c> or <c>ES256</c>: decided by the key's kind, never by the token.</summary>
    public required string Algorithm { get; init; }

    private RSAParameters Rsa { get; init; }

    private ECParameters Ec { get; init; }

    /// <summary>The keys of a set that we can use; others are left out.</summary>
    public static IReadOnlyList<SigningKey> ReadSet(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object
        && set.TryGetProperty("keys", out var keys)
        && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Take(100).Select(TryRead).OfType<SigningKey>()]
            : [];

    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (Algorithm == "RS256")
        {
            using var rsa = RSA.Create(Rsa);
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        // RFC 7518, 3.4: R and S of 32 bytes each, not the DER form that other tools write.
        using var ecdsa = ECDsa.Create(Ec);
        return signature.Length == 2 * CoordinateBytes
            && ecdsa.VerifyData(
                signed,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
    }

    private static SigningKey? TryRead(JsonElement key)
    {
        try
        {
            var algorithm = Text(key, "kty") switch
            {
                "RSA" => "RS256",
                "EC" when Text(key, "crv") == "P-256" => "ES256",
                _ => null,
            };
            var isForSigning = Text(key, "use") is null or "sig" && (Text(key, "alg") ?? algorithm) == algorithm;
            return algorithm is null || !isForSigning ? null : Of(key, algorithm);
        }
        catch (Exception fault)
            when (fault is FormatException or CryptographicException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static SigningKey? Of(JsonElement key, string algorithm)
    {
        var id = Text(key, "kid");
        if (algorithm == "ES256")
        {
            var point = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") };
            var curve = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point };
            // Throws for a point that is not on the curve.
            using var tried = ECDsa.Create(curve);
            return new SigningKey
            {
                Id = id,
                Algorithm = algorithm,
                Ec = curve,
            };
        }

        var rsa = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
        return rsa.Modulus!.Length < ShortestModulus
            ? null
            : new SigningKey
            {
                Id = id,
                Algorithm = algorithm,
                Rsa = rsa,
            };
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static byte[] Bytes(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(Text(key, name) ?? throw new FormatException($"{name} is missing."));
}
