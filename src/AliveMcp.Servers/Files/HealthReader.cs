using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Files;

/// <summary>Reads the mapping under <c>health</c>.</summary>
internal static class HealthReader
{
    private const int MaxText = 500;

    /// <summary>Null when its URL is wrong, which the reader's problems then hold.</summary>
    public static HealthSetting? Read(MapReader reader)
    {
        reader.RefuseUnknownKeys(FileWords.Health, "a health URL");
        var url = UrlReader.Read(reader, "is missing; health has a url");
        var every = Whole(reader, "every", 1, 5, "minutes, for example 5");
        var status = Whole(reader, "status", 100, 599, "an HTTP status, for example 200");
        var contains = reader.Text("contains", MaxText);
        return url is null
            ? null
            : new HealthSetting(
                new HealthCheck
                {
                    Url = url.Uri,
                    Status = status,
                    Contains = contains,
                },
                every ?? 1
            );
    }

    private static int? Whole(MapReader reader, string field, int least, int most, string what)
    {
        switch (reader.Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                return null;
            case FileScalar scalar
                when int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= least
                    && number <= most:
                return number;
            case FileScalar scalar:
                var shown = SafeText.Of(scalar.Text, 40);
                reader.Refuse(field + "_invalid", field, scalar.Line, $"'{shown}' is not {least} to {most} {what}");
                return null;
            case var other:
                reader.Refuse(
                    field + "_invalid",
                    field,
                    other.Line,
                    $"is {other.Kind}; write {least} to {most} {what}"
                );
                return null;
        }
    }
}
