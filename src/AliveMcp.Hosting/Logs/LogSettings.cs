using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AliveMcp.Hosting.Logs;

/// <summary>How logs look. <c>Logs:Format</c>: <c>plain</c> (default, a line for people) or <c>json</c> (an object a line, for collectors).</summary>
public static class LogSettings
{
    /// <summary>Replaces the platform's log providers by one on the console; levels come from section <c>Logging</c>.</summary>
    public static ILoggingBuilder AddAliveMcpLogs(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddConsoleFormatter<PlainFormatter, ConsoleFormatterOptions>();
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            json.IncludeScopes = true;
        });
        var isJson = string.Equals(configuration["Logs:Format"], "json", StringComparison.OrdinalIgnoreCase);
        logging.AddConsole(console =>
            console.FormatterName = isJson ? ConsoleFormatterNames.Json : PlainFormatter.Word
        );

        // Configured levels come after these and win.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        return logging;
    }
}
