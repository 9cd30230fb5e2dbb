using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>
/// The token of a key: <c>amcp_live_</c>, twelve characters by which its row is found, and forty more that nobody but the owner keeps
/// (200 bits). Letters and digits only, so that a double click takes all of it. An operator's begins with <c>amcp_oper_</c>.
/// </summary>
internal sealed class ApiKeyToken
{
    public const string Mark = "amcp_live_";
    public const string OperatorMark = "amcp_oper_";
    private const int PrefixLength = 12;
    private const int SecretLength = 40;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    private ApiKeyToken(string text) => Text = text;

    /// <summary>The whole token: secret.</summary>
    public string Text { get; }

    public string Prefix => Text.Substring(Mark.Length, PrefixLength);

    public static ApiKeyToken New(string mark = Mark) =>
        new(mark + RandomNumberGenerator.GetString(Alphabet, PrefixLength + SecretLength));

    public static bool TryParse(string? text, [MaybeNullWhen(false)] out ApiKeyToken token) =>
        TryParse(text, Mark, out token);

    /// <param name="mark">Whose tokens are looked for; those of others are none.</param>
    public static bool TryParse(string? text, string mark, [MaybeNullWhen(false)] out ApiKeyToken token)
    {
        token = null;
        if (
            text is null
            || text.Length != Mark.Length + PrefixLength + SecretLength
            || !text.StartsWith(mark, StringComparison.Ordinal)
            || text.AsSpan(Mark.Length).ContainsAnyExcept(Allowed)
        )
        {
            return false;
        }

        token = new ApiKeyToken(text);
        return true;
    }

    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Never the token: it must not reach a log by accident.</summary>
    public override string ToString() => Text[..(Mark.Length + PrefixLength)] + "…";
}
