using System.Globalization;
using System.Text;
using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Locks;

/// <summary>
/// Writes a lock, indented so that a diff of it can be reviewed. Characters that act or hide stand there as escapes:
/// the reviewer sees them, and the hash, which counts by value, stays the same.
/// </summary>
internal static class LockWriter
{
    private const string Indent = "  ";

    public static string Write(ContractLock kept)
    {
        var text = new StringBuilder("{\n");
        Member(text, "lock", ContractLock.Version.ToString(CultureInfo.InvariantCulture));
        Member(text, "url", Quoted(kept.Url));
        Member(text, "protocol_version", kept.ProtocolVersion is { } version ? Quoted(version) : "null");
        if (kept.TakenAt is { } taken)
        {
            Member(
                text,
                "taken_at",
                Quoted(taken.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
            );
        }

        Member(text, "tools", kept.Contract.ToolCount.ToString(CultureInfo.InvariantCulture));
        Member(text, "contract_hash", Quoted(kept.Contract.ContractHash));
        Member(text, "full_hash", Quoted(kept.Contract.FullHash));
        text.Append(Indent).Append("\"contract\": ");
        Pretty(text, Encoding.UTF8.GetString(kept.Contract.Canonical.Span), depth: 1);
        return text.Append("\n}\n").ToString();
    }

    private static void Member(StringBuilder text, string name, string value) =>
        text.Append(Indent).Append('"').Append(name).Append("\": ").Append(value).Append(",\n");

    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    // The text is canonical: no white space outside of strings, so that a break belongs behind each opening and comma.
    private static void Pretty(StringBuilder text, string canonical, int depth)
    {
        var inString = false;
        for (var at = 0; at < canonical.Length; at++)
        {
            var sign = canonical[at];
            if (inString)
            {
                at += Letter(text, canonical, at);
                inString = sign != '"';
                continue;
            }

            switch (sign)
            {
                case '{' or '[' when canonical[at + 1] == sign + 2:
                    text.Append(sign).Append(canonical[++at]);
                    break;
                case '{' or '[':
                    Break(text.Append(sign), ++depth);
                    break;
                case '}' or ']':
                    Break(text, --depth);
                    text.Append(sign);
                    break;
                case ',':
                    Break(text.Append(sign), depth);
                    break;
                case ':':
                    text.Append(": ");
                    break;
                default:
                    text.Append(sign);
                    inString = sign == '"';
                    break;
            }
        }
    }

    /// <summary>Writes one character of a string, escapes whole; returns how many more than one it took.</summary>
    private static int Letter(StringBuilder text, string canonical, int at)
    {
        if (canonical[at] == '\\')
        {
            text.Append(canonical, at, 2);
            return 1;
        }

        if (!Rune.TryGetRuneAt(canonical, at, out var rune) || !SafeText.IsUnsafe(rune))
        {
            text.Append(canonical[at]);
            return 0;
        }

        foreach (var unit in rune.ToString())
        {
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return rune.Utf16SequenceLength - 1;
    }

    private static void Break(StringBuilder text, int depth)
    {
        text.Append('\n');
        for (var step = 0; step < depth; step++)
        {
            text.Append(Indent);
        }
    }
}
