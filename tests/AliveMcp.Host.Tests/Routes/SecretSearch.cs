namespace AliveMcp.Host.Tests.Routes;

/// <summary>Looks for planted secrets in outputs, however they may be spelled there.</summary>
internal sealed class SecretSearch
{
    private readonly Dictionary<string, byte[]> _planted = new(StringComparer.Ordinal);

    public void Plant(string name, byte[] secret) => _planted[name] = secret;

    /// <returns>Which secret was found where.</returns>
    public IReadOnlyList<string> Leaks(IReadOnlyList<(string Where, string Text)> outputs)
    {
        var needles = _planted
            .SelectMany(secret => Outputs.Spellings(secret.Value).Select(text => (secret.Key, Text: text)))
            .ToList();
        return
        [
            .. outputs
                .SelectMany(output =>
                    needles
                        .Where(needle => output.Text.Contains(needle.Text, StringComparison.Ordinal))
                        .Select(needle => $"{needle.Key} in {output.Where}")
                )
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
