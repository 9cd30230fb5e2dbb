using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads the field <c>cadence</c>: minutes between two looks.</summary>
internal static class CadenceReader
{
    /// <summary>Null when it is absent or refused.</summary>
    public static int? Read(MapReader reader)
    {
        switch (reader.Field("cadence"))
        {
            case null or FileScalar { IsNothing: true }:
                return null;
            case FileScalar scalar
                when int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                    && Cadences.All.Contains(minutes):
                return minutes;
            case FileScalar scalar:
                Refuse(scalar.Line, $"'{SafeText.Of(scalar.Text, 40)}' is no cadence");
                return null;
            case var other:
                Refuse(other.Line, $"is {other.Kind}");
                return null;
        }

        void Refuse(int line, string why) =>
            reader.Refuse(
                "cadence_invalid",
                "cadence",
                line,
                $"{why}; write one of {string.Join(", ", Cadences.All)} (minutes), for example 5"
            );
    }
}
