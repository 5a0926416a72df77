@echo off
rem Starts Adjoint's command line on Windows. What there is to decide is decided in launcher\Launcher.java.
setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
if "%home:~-1%"=="\" set "home=%home:~0,-1%"

set "jdk="
for %%J in ("%ADJOINT_JAVA_HOME%" "%JAVA_HOME%") do (
    if not defined jdk if exist "%%~J\bin\javac.exe" set "jdk=%%~J"
)
if not defined jdk for /f "delims=" %%J in ('where javac.exe 2^>nul') do (
    if not defined jdk for %%K in ("%%~dpJ..") do if exist "%%~fK\release" set "jdk=%%~fK"
)
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks") do (
    if not defined jdk if exist "%%~R" for /d %%J in ("%%~R\*") do if exist "%%~J\bin\javac.exe" set "jdk=%%~J"
)
if not defined jdk (
    echo adjoint: needs a JDK 25 or later, and no Java was found. Install one ^(winget install EclipseAdoptium.Temurin.25.JDK^) or set JAVA_HOME to its folder. 1>&2
    exit /b 1
)

rem The console shows UTF-8 while the program runs; its own code page comes back afterwards.
set "page="
for /f "tokens=2 delims=:" %%P in ('chcp') do for /f "tokens=1 delims=. " %%Q in ("%%P") do set "page=%%Q"
chcp 65001 >nul 2>nul && set "ADJOINT_CODE_PAGE=65001"

set "classes=%home%\launcher"
if not exist "%classes%\Launcher.class" set "classes=%home%\target\launcher"
if exist "%classes%\Launcher.class" (
    "%jdk%\bin\java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "%classes%" Launcher run "%home%" %*
) else (
    "%jdk%\bin\java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "%home%\launcher\Launcher.java" run "%home%" %*
)
set "code=%ERRORLEVEL%"
if defined page chcp %page% >nul 2>nul
exit /b %code%
