using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AliveMcp.Hosting.Start;

/// <summary>What a start that failed says to whoever made the settings: a sentence a fault, all at once.</summary>
public static partial class StartFaults
{
    /// <summary>Null: the failure is no fault of the settings.</summary>
    public static IReadOnlyList<string>? Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            OptionsValidationException invalid => [.. invalid.Failures],
            // Several groups of settings at once.
            AggregateException many when many.InnerExceptions.All(one => Of(one) is not null) =>
            [
                .. many.InnerExceptions.SelectMany(one => Of(one)!),
            ],
            InvalidOperationException when Unread().Match(failure.Message) is { Success: true } found =>
            [
                // Without the value: it may be a secret in the wrong place.
                $"{found.Groups["path"].Value} cannot be read as {Words(found.Groups["type"].Value)}.",
            ],
            _ => null,
        };
    }

    private static string Words(string type) =>
        type switch
        {
            "System.Uri" => "an address, for example https://alivemcp.example.com",
            "System.TimeSpan" => "a duration, for example 00:00:20",
            "System.Boolean" => "true or false",
            "System.Int32" or "System.Int64" => "a whole number",
            "System.Decimal" or "System.Double" => "a number",
            _ => $"a {type[(type.LastIndexOf('.') + 1)..]}",
        };

    /// <summary>As the configuration binder words a value that does not fit its property.</summary>
    [GeneratedRegex(
        "at '(?<path>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Unread();
}
