using System.CommandLine;
using System.CommandLine.Parsing;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Looking;

/// <summary>How options say what is wrong with their value: the option, the value, what would be right.</summary>
internal static class Flags
{
    /// <summary>An option that takes one of a few words.</summary>
    public static Option<T> Words<T>(string name, string description, params (T Value, string Word)[] words)
        where T : struct =>
        new(name)
        {
            Description = description,
            HelpName = string.Join('|', words.Select(word => word.Word)),
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                foreach (var (value, word) in words)
                {
                    if (string.Equals(word, given, StringComparison.Ordinal))
                    {
                        return value;
                    }
                }

                var choice = string.Join(", ", words.Select(word => word.Word));
                result.AddError($"{name} is '{Shown(given)}': choose one of {choice}.");
                return default;
            },
        };

    /// <summary>An option that takes a text.</summary>
    public static Option<string> Text(
        string name,
        string helpName,
        string description,
        Func<string, string?>? complaint = null
    )
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName };
        if (complaint is not null)
        {
            option.Validators.Add(result => Check(result, name, complaint));
        }

        return option;
    }

    /// <summary>An option that names an environment variable, so that a secret stands in no command line.</summary>
    public static Option<string> Variable(string name, string description) =>
        Text(
            name,
            "VAR",
            description,
            variable =>
                string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))
                    ? "no such environment variable is set; export it first, and give its name here, not its value."
                    : null
        );

    /// <summary>An option that takes an http or https URL.</summary>
    public static Option<Uri> Url(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "URL",
            CustomParser = result =>
            {
                if (IsWeb(result.Tokens[0].Value, out var url))
                {
                    return url;
                }

                result.AddError(
                    $"{name} is '{Shown(result.Tokens[0].Value)}': give an http or https URL, for example https://mcp.example.com/health."
                );
                return null;
            },
        };

    /// <summary>An option that counts seconds.</summary>
    public static Option<double?> Seconds(string name, string description, double least, double most) =>
        new(name)
        {
            Description = description,
            HelpName = "S",
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                if (
                    double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
                    && seconds >= least
                    && seconds <= most
                )
                {
                    return seconds;
                }

                result.AddError(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{name} is '{Shown(given)}': give seconds from {least} to {most}."
                    )
                );
                return null;
            },
        };

    public static bool IsWeb(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && (url.Scheme is "http" or "https");

    /// <summary>Whether a file that was named is why something failed; an empty name, as an unset variable leaves it, is one.</summary>
    public static bool IsOfFile(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException;

    public static string Shown(string text) => SafeText.Of(text, 80);

    private static void Check(OptionResult result, string name, Func<string, string?> complaint)
    {
        foreach (var token in result.Tokens)
        {
            if (complaint(token.Value) is { } wrong)
            {
                result.AddError($"{name} is '{Shown(token.Value)}': {wrong}");
            }
        }
    }
}
