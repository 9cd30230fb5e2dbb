using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AliveMcp.Probing.Transports;

/// <summary>
/// The name of who signs certificates, short and plain: organisation and common name, in letters, digits and a few signs. Good for saying
/// that two certificates come from one place, for nothing else.
/// </summary>
internal static class IssuerText
{
    private const int Longest = 80;
    private const string Organisation = "2.5.4.10";
    private const string CommonName = "2.5.4.3";

    /// <summary>Null when the name says neither.</summary>
    public static string? Of(X500DistinguishedName name)
    {
        try
        {
            var parts = name.EnumerateRelativeDistinguishedNames(reversed: false)
                .Where(part => !part.HasMultipleElements)
                .ToLookup(
                    part => part.GetSingleElementType().Value,
                    part => part.GetSingleElementValue(),
                    StringComparer.Ordinal
                );
            var text = Plain($"{parts[Organisation].FirstOrDefault()} {parts[CommonName].FirstOrDefault()}");
            return text.Length == 0 ? null : text;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(Longest);
        foreach (var letter in text)
        {
            var kept = char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '\'' ? letter : ' ';
            if (plain.Length < Longest && (kept != ' ' || (plain.Length > 0 && plain[^1] != ' ')))
            {
                plain.Append(kept);
            }
        }

        return plain.ToString().Trim();
    }
}
