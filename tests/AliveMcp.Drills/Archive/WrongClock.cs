using System.Globalization;
using System.Reflection;
using AliveMcp.Drills.Archive;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(WrongClock.Startup))]

namespace AliveMcp.Drills.Archive;

/// <summary>The system's clock, off by as many seconds as a file says at the time; what is measured between two moments stays right, as after a real jump.</summary>
internal sealed class WrongClock(string file) : TimeProvider
{
    /// <summary>Names the file to the program of <see cref="RunHost"/>; nothing but this program knows the word.</summary>
    public const string Setting = "DRILL_CLOCK";

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Off();

    public static void Set(string file, TimeSpan off) =>
        File.WriteAllText(file, off.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>The whole Host in this process: its own start finds <see cref="Startup"/> in the program it runs in.</summary>
    public static int RunHost(string[] arguments) =>
        (int)Assembly.Load("AliveMcp.Host").EntryPoint!.Invoke(null, [arguments])!;

    private TimeSpan Off()
    {
        try
        {
            return TimeSpan.FromSeconds(double.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            // It is being written.
            return TimeSpan.Zero;
        }
    }

    /// <summary>Puts the clock where every room looks for one first.</summary>
    internal sealed class Startup : IHostingStartup
    {
        public void Configure(IWebHostBuilder builder)
        {
            if (Environment.GetEnvironmentVariable(Setting) is { } file)
            {
                builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new WrongClock(file)));
            }
        }
    }
}
