using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>
/// Believes an id_token, or does not (OpenID Connect Core 3.1.3.7). RS256 and ES256 only; the algorithm follows from the key, and the token
/// must agree with it.
/// </summary>
internal sealed class IdToken
{
    private const int Longest = 16 * 1024;
    private const int LongestSubject = 255;

    /// <summary>Clocks differ by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>A token that was issued longer ago was not issued for this sign-in.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(15);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly string[] _parts;

    private IdToken(string[] parts, JsonElement header, JsonElement claims) =>
        (_parts, Header, Claims) = (parts, header, claims);

    public JsonElement Claims { get; }

    /// <summary>Null: the token does not say.</summary>
    public string? KeyId => Text(Header, "kid");

    private JsonElement Header { get; }

    /// <exception cref="ProviderFaultException">It is no signed token of the kind we take.</exception>
    public static IdToken Read(string text)
    {
        if (text.Length > Longest)
        {
            throw new ProviderFaultException("The id_token is too long.");
        }

        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            throw new ProviderFaultException("The id_token has not three parts.");
        }

        try
        {
            var token = new IdToken(parts, Object(parts[0]), Object(parts[1]));
            return token.Header.TryGetProperty("crit", out _)
                ? throw new ProviderFaultException("The id_token asks for an extension.")
                : token;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            throw new ProviderFaultException("The id_token cannot be read.", fault);
        }
    }

    /// <exception cref="ProviderFaultException">None of the keys signed it.</exception>
    public void CheckSignature(IReadOnlyList<SigningKey> keys)
    {
        var named = KeyId is { } id
            ? keys.Where(key => string.Equals(key.Id, id, StringComparison.Ordinal)).ToList()
            : [.. keys.Where(key => key.Algorithm == Text(Header, "alg"))];
        if (named.Count != 1)
        {
            throw new ProviderFaultException("The id_token names no key of the provider, or not one alone.");
        }

        var isSigned =
            string.Equals(Text(Header, "alg"), named[0].Algorithm, StringComparison.Ordinal)
            && TryDecode(_parts[2]) is { Length: > 0 } signature
            && Verifies(named[0], signature);
        if (!isSigned)
        {
            throw new ProviderFaultException("The id_token is not signed by the provider's key.");
        }
    }

    /// <exception cref="ProviderFaultException">It is about something else, for somebody else, or of another time.</exception>
    public void CheckClaims(string issuer, string clientId, string nonce, DateTimeOffset now)
    {
        Require(string.Equals(Text(Claims, "iss"), issuer, StringComparison.Ordinal), "iss is another issuer");
        var audiences = Audiences();
        var party = Text(Claims, "azp");
        Require(audiences.Contains(clientId, StringComparer.Ordinal), "aud is another client");
        Require(audiences.Count == 1 || party is not null, "aud names several clients and azp none");
        Require(party is null || string.Equals(party, clientId, StringComparison.Ordinal), "azp is another client");
        Require(Instant("exp") > now - Skew, "exp has passed");
        var issued = Instant("iat");
        Require(issued <= now + Skew, "iat lies ahead");
        Require(issued >= now - Oldest, "iat is too long ago");
        Require(!Claims.TryGetProperty("nbf", out _) || Instant("nbf") <= now + Skew, "nbf lies ahead");
        var given = Encoding.UTF8.GetBytes(Text(Claims, "nonce") ?? "");
        Require(CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(nonce)), "nonce is another");
        Require(Text(Claims, "sub") is { Length: > 0 and <= LongestSubject }, "sub is missing or too long");
    }

    private bool Verifies(SigningKey key, byte[] signature)
    {
        try
        {
            return key.Verify(Encoding.ASCII.GetBytes($"{_parts[0]}.{_parts[1]}"), signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private IReadOnlyList<string> Audiences() =>
        Claims.TryGetProperty("aud", out var audience)
            ? audience.ValueKind switch
            {
                JsonValueKind.String => [audience.GetString()!],
                JsonValueKind.Array =>
                [
                    .. audience
                        .EnumerateArray()
                        .Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : ""),
                ],
                _ => [],
            }
            : [];

    private DateTimeOffset Instant(string name)
    {
        var isNumber =
            Claims.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and < 253_402_300_800;
        Require(isNumber, $"{name} is no time");
        return DateTimeOffset.FromUnixTimeSeconds((long)value.GetDouble());
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ProviderFaultException($"The id_token is not good: {otherwise}.");
        }
    }

    private static JsonElement Object(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.Clone()
            : throw new FormatException("Not an object.");
    }

    private static byte[]? TryDecode(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
